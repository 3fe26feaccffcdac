import type { Bound, Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Snapshot } from '../node/snapshot.js';
import { usageOf } from '../remedies/shared/sizing.js';
import type { Candidate, Change } from './candidate.js';

/**
 * The table of a node once these changes are made. Shares that remedies free are of different entries, so that
 * what is left multiplies; a limit divides.
 *
 * Without a usage where bounds on both sides leave nothing to say.
 */
export function afterChanges(
  { facts }: Snapshot,
  changes: readonly Change[],
  policy: Policy,
): Effect {
  const max = facts.table?.max;
  const limits = changes.flatMap(({ limit }) => limit ?? []);
  const limit = limits.length === 0 ? max : Math.max(...limits);
  const { usage, bound } = usageOf(max, facts, policy);
  if (limit === undefined || max === undefined || usage === undefined) return {};
  const left = changes.reduce((product, { factor = 1 }) => product * factor, 1);
  const bounds = [bound, ...changes.map((one) => one.bound)].filter((one) => one !== undefined);
  const sides = new Set<Bound>(bounds);
  if (sides.size > 1) return { limit };
  const [side] = sides;
  return { limit, usage: Math.min(1, (usage * left * max) / limit), ...(side && { bound: side }) };
}

/** What these candidates make of one node. */
export function changesOf(snapshot: Snapshot, candidates: readonly Candidate[]): Change[] {
  return candidates.flatMap((one) => one.change(snapshot) ?? []);
}
