import type { Told } from './fake/receivers.js';

/** One change as one channel told it: `new table-pressure/alpha/web`. */
export type Change = string;

/** What each channel was told, in order, by the channel's name. */
export type Changes = Readonly<Record<'topic' | 'events' | 'security-hub', readonly Change[]>>;

interface Transition {
  readonly kind: string;
  readonly finding: { readonly id: string };
}

/** Reads the changes out of everything that the account's receivers took. */
export function changesOf({ topic, events, hub }: Told): Changes {
  return {
    topic: topic.flatMap(({ bodies }) => {
      const { transitions } = JSON.parse(bodies['default'] ?? '{}') as {
        readonly transitions: readonly Transition[];
      };
      return transitions.map(({ kind, finding }) => `${kind} ${finding.id}`);
    }),
    events: events.map(({ detail }) => {
      const { transition, finding } = JSON.parse(detail) as {
        readonly transition: string;
        readonly finding: Transition['finding'];
      };
      return `${transition} ${finding.id}`;
    }),
    'security-hub': hub.map((finding) => {
      const { RecordState, ProductFields: fields } = finding as {
        readonly RecordState: string;
        readonly ProductFields: Readonly<Record<string, string>>;
      };
      return `${RecordState === 'ACTIVE' ? 'new' : 'gone'} ${fields['conntrack-auditor/finding'] ?? ''}`;
    }),
  };
}

/** The changes that stand in the list more than once. */
export function repeated(changes: readonly Change[]): Change[] {
  return [...new Set(changes.filter((one, at) => changes.indexOf(one) !== at))];
}

/** Changes that are about tables: not that a node is silent. */
export function aboutTables(changes: readonly Change[]): Change[] {
  return changes.filter((one) => !one.includes(' node-silent/'));
}
