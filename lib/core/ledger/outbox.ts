import { plural } from '../text/format.js';
import { present } from '../text/present.js';
import { CLAIM_SECONDS, LONGEST_DIGEST, MOST_PROMISES, MOST_TRIES } from './bounds.js';
import type { Digest } from './digest.js';
import type { ChannelTrouble, Ledger, Owed, Promised } from './ledger.js';

/** What became of one digest at one channel. */
export interface Delivery {
  readonly runId: string;
  /** Ids of the findings whose changes it may take later. `all`: it took nothing. */
  readonly left: readonly string[] | 'all';
  /** Changes that it will never take. */
  readonly lost: number;
  /** What it said, where it did not take everything. */
  readonly error?: string;
}

/** The outbox of an audit: the promises before it that some channel is still owed, and its own. */
export function withPromise(
  outbox: readonly Promised[] | undefined,
  digest: Digest | undefined,
  channels: readonly string[],
  now: string,
): Promised[] {
  const before = (outbox ?? []).flatMap((one) => stillOwed(one, channels));
  const owed = Object.fromEntries(channels.map((name) => [name, {}]));
  const own =
    digest === undefined || channels.length === 0
      ? []
      : [{ runId: digest.runId, promisedAt: now, digest: bounded(digest), owed }];
  return [...before, ...own].slice(-MOST_PROMISES);
}

/** The ledger without what it knows of channels that are switched off. */
export function knowingOnly(ledger: Ledger | undefined, names: readonly string[]) {
  if (ledger?.channels === undefined) return ledger;
  const { channels, ...rest } = ledger;
  const known = Object.entries(channels).filter(([name]) => names.includes(name));
  return known.length === 0 ? rest : { ...rest, channels: Object.fromEntries(known) };
}

/** What an older program promised is owed to every channel; what a channel was owed that is switched off, to nobody. */
function stillOwed(promised: Promised, channels: readonly string[]): Promised[] {
  const all = promised.owed ?? Object.fromEntries(channels.map((name) => [name, {}]));
  const owed = Object.entries(all).filter(([name]) => channels.includes(name));
  return owed.length === 0 ? [] : [{ ...promised, owed: Object.fromEntries(owed) }];
}

/** The digest, with as many of its worst changes as a ledger may hold. */
function bounded(digest: Digest): Digest {
  const sizes = digest.transitions.map((one) => JSON.stringify(one).length);
  let room = LONGEST_DIGEST;
  const kept = digest.transitions.filter((_, at) => (room -= sizes[at] ?? 0) > 0);
  const more = digest.transitions.length - kept.length;
  if (more === 0) return digest;
  const changes = plural(more, 'milder change');
  const note = `${changes} did not fit into the ledger: only the whole report tells of ${more === 1 ? 'it' : 'them'}`;
  return { ...digest, transitions: kept, notes: [...digest.notes, note] };
}

/** The ledger in which one execution has claimed all that nobody else is telling, and to which channels. */
export function claiming(
  ledger: Ledger,
  by: string,
  channels: readonly string[],
  now: string,
): { readonly ledger: Ledger; readonly channels: readonly string[] } {
  const until = new Date(Date.parse(now) + CLAIM_SECONDS * 1_000).toISOString();
  const outbox = (ledger.outbox ?? []).flatMap((one) => stillOwed(one, channels));
  const claimed = outbox.map((promised) =>
    mapOwed(promised, (owed) => (isFree(owed, by, now) ? { ...owed, claim: { by, until } } : owed)),
  );
  const next = { ...ledger, outbox: claimed };
  return {
    ledger: next,
    channels: channels.filter((name) => claimedOf(next, name, by).length > 0),
  };
}

function isFree({ claim }: Owed, by: string, now: string): boolean {
  return claim === undefined || claim.by === by || Date.parse(claim.until) <= Date.parse(now);
}

function mapOwed(promised: Promised, change: (owed: Owed, name: string) => Owed): Promised {
  const owed = Object.entries(promised.owed ?? {});
  return {
    ...promised,
    owed: Object.fromEntries(owed.map(([name, one]) => [name, change(one, name)])),
  };
}

/** What an execution has claimed for a channel, oldest first: each digest with the changes that are left of it. */
export function claimedOf({ outbox = [] }: Ledger, channel: string, by: string): Digest[] {
  return outbox.flatMap(({ digest, owed }) => {
    const one = owed?.[channel];
    return one?.claim?.by === by ? [leftOf(digest, one)] : [];
  });
}

function leftOf(digest: Digest, { left }: Owed): Digest {
  if (left === undefined) return digest;
  const ids = new Set(left);
  return {
    ...digest,
    transitions: digest.transitions.filter(({ finding }) => ids.has(finding.id)),
  };
}

/** The ledger after a channel was told: what it took is owed no more, the rest is free to be tried again. */
export function afterTelling(
  ledger: Ledger,
  channel: string,
  by: string,
  deliveries: readonly Delivery[],
): Ledger {
  const given = new Map(deliveries.map((one) => [one.runId, one]));
  const { outbox: all = [], channels: before, ...rest } = ledger;
  const told = all.map((one) => afterTry(one, channel, by, given.get(one.runId)));
  const outbox = told.flatMap(({ promised }) => promised ?? []);
  const lost = told.reduce((sum, one) => sum + one.lost, 0);
  const channels = withTrouble(before, channel, troubleOf(deliveries, ledger.auditedAt, lost));
  return { ...rest, ...(outbox.length > 0 && { outbox }), ...present({ channels }) };
}

/** One promise after one try; nothing if nobody is owed it any more. */
function afterTry(
  promised: Promised,
  channel: string,
  by: string,
  delivery: Delivery | undefined,
): { readonly promised?: Promised; readonly lost: number } {
  const { [channel]: owed, ...others } = promised.owed ?? {};
  if (owed?.claim?.by !== by) return { promised, lost: 0 };
  const { rest, lost } = restOf(promised, owed, delivery);
  const kept = rest === undefined ? others : { ...others, [channel]: rest };
  return Object.keys(kept).length === 0
    ? { lost }
    : { promised: { ...promised, owed: kept }, lost };
}

/** What is owed after one try; nothing if all was taken, or if it is given up. Without a try, what was owed before. */
function restOf(
  promised: Promised,
  { claim, ...owed }: Owed,
  delivery: Delivery | undefined,
): { readonly rest?: Owed; readonly lost: number } {
  if (delivery === undefined) return { rest: owed, lost: 0 };
  const { left, lost } = delivery;
  if (left.length === 0) return { lost };
  const tries = (owed.tries ?? 0) + 1;
  const rest = left === 'all' ? { ...owed, tries } : { left, tries };
  return tries < MOST_TRIES ? { rest, lost } : { lost: lost + changesOf(promised, rest) };
}

/** A message without a change, of notes alone, counts as one. */
function changesOf({ digest }: Promised, owed: Owed): number {
  return Math.max(1, leftOf(digest, owed).transitions.length);
}

function troubleOf(
  deliveries: readonly Delivery[],
  since: string,
  lost: number,
): ChannelTrouble | undefined {
  const error = deliveries.map((one) => one.error).find((text) => text !== undefined);
  if (error === undefined && lost === 0) return undefined;
  return { since, error: error ?? 'it was broken for too long', ...(lost > 0 && { lost }) };
}

/** Troubles by channel, with what is known of one now. It lasts since its first audit. */
export function withTrouble(
  before: Ledger['channels'],
  channel: string,
  trouble: ChannelTrouble | undefined,
): Ledger['channels'] {
  const { [channel]: last, ...others } = before ?? {};
  const all =
    trouble === undefined
      ? others
      : { ...others, [channel]: { ...trouble, since: last?.since ?? trouble.since } };
  return Object.keys(all).length === 0 ? undefined : all;
}
