import type { Digest } from '../ledger/digest.js';
import { severities, type Severity } from '../judge/severity.js';
import { count, plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { isOver, type TransitionKind } from '../ledger/transition.js';
import { unreadText } from './names.js';

/** The name of each kind of change, in the order for people. */
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
  left: { section: 'No longer audited', counted: (n) => `${count(n)} no longer audited` },
};

function wordsOf(kind: string): (typeof words)[TransitionKind] {
  const known = Object.entries(words).find(([name]) => name === kind)?.[1];
  return known ?? { section: kind, counted: (n) => `${count(n)} ${kind}` };
}

/** Said of a limit that went back. */
export const FIX_LOST = 'fix lost';

/** Items of one kind, under a heading. */
export interface Section<T> {
  readonly kind: TransitionKind;
  readonly title: string;
  readonly items: readonly T[];
}

/** Changes, or what was made of them, by kind, without empty kinds. */
export function sectionsOf<T extends { readonly kind: TransitionKind }>(
  changes: readonly T[],
): Section<T>[] {
  const byKind = groupBy(changes, ({ kind }) => kind);
  const known = Object.keys(words) as TransitionKind[];
  // A newer program may have promised to tell of a kind that this one has no words for.
  const others = [...byKind.keys()].filter((kind) => !known.includes(kind));
  return [...known, ...others].flatMap((kind) => {
    const items = byKind.get(kind);
    return items === undefined ? [] : [{ kind, title: titleOf(kind), items }];
  });
}

/** The heading of a kind of change: `Came back`. */
export function titleOf(kind: TransitionKind): string {
  return wordsOf(kind).section;
}

/** `fix lost, 2 new, 1 resolved`; for a message without a change, `1 note`. The first one says that it is. */
export function changesText({
  transitions,
  notes,
  first,
}: Pick<Digest, 'transitions' | 'notes' | 'first'>): string {
  const isLost = transitions.some(({ fixLost }) => fixLost === true);
  // What is over because a fix is lost is no good news, and is not counted as such.
  const counted = transitions.filter((one) => !(one.fixLost === true && isOver(one.kind)));
  const words = [
    ...(first === true ? ['first audit'] : []),
    ...(isLost ? [FIX_LOST] : []),
    ...sectionsOf(counted).map(({ kind, items }) => wordsOf(kind).counted(items.length)),
  ];
  return words.length === 0 ? plural(notes.length, 'note') : words.join(', ');
}

/** The same, and first of all that no node could be read. */
export function newsText(digest: Digest): string {
  const unread = unreadText(digest.nodes);
  if (unread === undefined) return changesText(digest);
  const { transitions, notes } = digest;
  return transitions.length + notes.length === 0 ? unread : `${unread}; ${changesText(digest)}`;
}

/**
 * How bad the news is, in one word: the worst severity of the open changes, and at least `warning` where a fix is
 * lost. If all news is good, it is `ok` if nothing else is open, and `better` otherwise. What is no longer audited is neither good nor bad, and nothing is
 * good news in an audit that read no node.
 */
export function verdict(digest: Digest): Severity | 'better' | 'ok' | 'note' {
  const { transitions, open, nodes, first } = digest;
  const bad = transitions.filter(({ kind }) => kind !== 'better' && !isOver(kind));
  const lost = transitions.some(({ fixLost }) => fixLost === true) ? ['warning'] : [];
  const told = [...bad.map(({ finding }) => finding.severity), ...lost];
  const worst = severities.find((one) => told.includes(one));
  if (worst !== undefined) return worst;
  const saysNothing = transitions.every(({ kind }) => kind === 'left') && first !== true;
  if (unreadText(nodes) !== undefined || saysNothing) return 'note';
  return severities.some((severity) => open[severity] > 0) ? 'better' : 'ok';
}

/**
 * The clusters that changed, those of the worst changes first; for a message without a change, all. Leaves
 * out empty names, which tell nobody anything.
 */
export function changedClusters({ transitions, clusters }: Digest): string[] {
  const names =
    transitions.length === 0 ? clusters : transitions.map(({ finding }) => finding.cluster);
  return [...new Set(names)].filter((name) => name !== '');
}

/**
 * The values for filters of subscriptions, several if the message is about several. Whoever heard of a
 * finding under one severity also hears of it under the next one.
 */
export function filterValues(
  digest: Digest,
): Record<'severity' | 'cluster' | 'transition', string[]> {
  const { transitions } = digest;
  const told = transitions.flatMap(({ finding: { severity }, was = severity, fixLost }) => [
    ...[severity, was],
    ...(fixLost === true ? ['warning'] : []),
  ]);
  const lost = transitions.some(({ fixLost }) => fixLost === true) ? ['fix-lost'] : [];
  const kinds = [...lost, ...sectionsOf(transitions).map(({ kind }) => kind)];
  return {
    severity: told.length === 0 ? ['none'] : severities.filter((one) => told.includes(one)),
    cluster: changedClusters(digest),
    transition: kinds.length === 0 ? ['note'] : kinds,
  };
}
