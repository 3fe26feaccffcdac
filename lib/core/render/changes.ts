import type { Digest } from '../ledger/digest.js';
import { severities, type Severity } from '../judge/severity.js';
import { count, plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import type { TransitionKind } from '../ledger/transition.js';

/** How each kind of change is called, in the order in which people read them. */
const words: Readonly<Record<TransitionKind, { section: string; counted(n: number): string }>> = {
  new: { section: 'New', counted: (n) => `${count(n)} new` },
  worse: { section: 'Worse', counted: (n) => `${count(n)} worse` },
  reopened: { section: 'Came back', counted: (n) => `${count(n)} came back` },
  reminded: { section: 'Reminder', counted: (n) => plural(n, 'reminder') },
  unsilenced: {
    section: 'Mute over',
    counted: (n) => plural(n, 'mute over', 'mutes over'),
  },
  better: { section: 'Better', counted: (n) => `${count(n)} better` },
  resolved: { section: 'Resolved', counted: (n) => `${count(n)} resolved` },
};

const goodNews: readonly TransitionKind[] = ['better', 'resolved'];

/** What is of one kind, under the heading that people read. */
export interface Section<T> {
  readonly kind: TransitionKind;
  readonly title: string;
  readonly items: readonly T[];
}

/** Changes, or what was made of them, by kind; kinds without one are left out. */
export function sectionsOf<T extends { readonly kind: TransitionKind }>(
  changes: readonly T[],
): Section<T>[] {
  const byKind = groupBy(changes, ({ kind }) => kind);
  return (Object.keys(words) as TransitionKind[]).flatMap((kind) => {
    const items = byKind.get(kind);
    return items === undefined ? [] : [{ kind, title: titleOf(kind), items }];
  });
}

/** The heading of a kind of change: `Came back`. */
export function titleOf(kind: TransitionKind): string {
  return words[kind].section;
}

/** `2 new, 1 resolved`; of a message without a change, `1 note`. */
export function changesText({ transitions, notes }: Pick<Digest, 'transitions' | 'notes'>): string {
  if (transitions.length === 0) return plural(notes.length, 'note');
  return sectionsOf(transitions)
    .map(({ kind, items }) => words[kind].counted(items.length))
    .join(', ');
}

/**
 * How bad the news is, in one word: the worst severity of what is open and was told. News that is only
 * good is `ok` where nothing else is open, and `better` where something is.
 */
export function verdict({ transitions, open }: Digest): Severity | 'better' | 'ok' | 'note' {
  const bad = transitions.filter(({ kind }) => !goodNews.includes(kind));
  const worst = severities.find((one) => bad.some(({ finding }) => finding.severity === one));
  if (worst !== undefined) return worst;
  if (transitions.length === 0) return 'note';
  return severities.some((severity) => open[severity] > 0) ? 'better' : 'ok';
}

/**
 * The clusters that changed, those of the worst changes first; of a message without a change, all. A name that
 * is empty tells nobody anything.
 */
export function changedClusters({ transitions, clusters }: Digest): string[] {
  const names =
    transitions.length === 0 ? clusters : transitions.map(({ finding }) => finding.cluster);
  return [...new Set(names)].filter((name) => name !== '');
}

/**
 * The values that subscriptions may filter by, several where the message is about several. Whoever was
 * told of a finding under one severity also hears of it under the next one.
 */
export function filterValues(
  digest: Digest,
): Record<'severity' | 'cluster' | 'transition', string[]> {
  const { transitions } = digest;
  const told = transitions.flatMap(({ finding: { severity }, was = severity }) => [severity, was]);
  const kinds = sectionsOf(transitions).map(({ kind }) => kind);
  return {
    severity: told.length === 0 ? ['none'] : severities.filter((one) => told.includes(one)),
    cluster: changedClusters(digest),
    transition: kinds.length === 0 ? ['note'] : kinds,
  };
}
