import type { Ledger } from '../../../lib/core/ledger/ledger.js';
import type { Told } from '../fake/receivers.js';

interface Digest {
  readonly startedAt: string;
  readonly transitions: readonly {
    readonly kind: string;
    readonly finding: { readonly id: string; readonly severity: string };
  }[];
}

/** What somebody believes to be open who read every mail by the time of its audit: id and severity. */
export function openByMail({ topic }: Told): string[] {
  const digests = topic
    .map(({ bodies }) => JSON.parse(bodies['default'] ?? '{}') as Digest)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const open = new Map<string, string>();
  for (const { transitions } of digests) {
    for (const { kind, finding } of transitions) {
      if (kind === 'resolved' || kind === 'left') open.delete(finding.id);
      else open.set(finding.id, finding.severity);
    }
  }
  return sorted(open);
}

/** The same by the events of the bus. */
export function openByEvents({ events }: Told): string[] {
  const all = events
    .map(({ detail }) => JSON.parse(detail) as Event)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const open = new Map<string, string>();
  for (const { transition, finding } of all) {
    if (transition === 'resolved' || transition === 'left') open.delete(finding.id);
    else open.set(finding.id, finding.severity);
  }
  return sorted(open);
}

interface Event {
  readonly startedAt: string;
  readonly transition: string;
  readonly finding: { readonly id: string; readonly severity: string };
}

/** What Security Hub shows as active: it keeps the latest update of each finding. */
export function activeInHub({ hub }: Told): string[] {
  const latest = new Map<string, { readonly at: string; readonly state: string }>();
  for (const { ProductFields: fields, UpdatedAt: at, RecordState: state } of hub) {
    const id = (fields as Readonly<Record<string, string>>)['conntrack-auditor/finding'] ?? '';
    if ((latest.get(id)?.at ?? '') <= String(at)) {
      latest.set(id, { at: String(at), state: String(state) });
    }
  }
  return [...latest].flatMap(([id, { state }]) => (state === 'ACTIVE' ? [id] : [])).sort();
}

/** What the ledger holds as open, of which people were told. */
export function openInLedger({ findings }: Ledger): string[] {
  const open = Object.values(findings).filter(
    ({ state, lastTold }) => state === 'open' && lastTold !== undefined,
  );
  return sorted(new Map(open.map(({ id, severity }) => [id, severity])));
}

function sorted(open: ReadonlyMap<string, string>): string[] {
  return [...open].map(([id, severity]) => `${severity} ${id}`).sort();
}
