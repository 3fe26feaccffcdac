import { allowanceNames } from '../node/allowance.js';
import type { Growth, NodeFacts } from '../node/snapshot.js';
import { elapsed } from '../text/elapsed.js';
import type { NodeMemory } from './ledger.js';

/** The columns of `/proc/net/stat/nf_conntrack` whose growth rules judge. */
export const judgedColumns = [
  'drop',
  'early_drop',
  'insert_failed',
  'chainlength',
  'clashres',
] as const;

/** Each CPU counts this many steps, then begins at 0 again. */
const WRAP = 2 ** 32;

/**
 * What changed since a node was last read. Nothing if that was in another boot, or if no number can be
 * compared.
 */
export function growthOf(
  { boot, counters = {}, allowance }: NodeFacts,
  before: NodeMemory,
  now: string,
): Growth | undefined {
  const seconds = elapsed(before.readAt, now);
  if (boot?.id === undefined || boot.id !== before.bootId) return undefined;
  if (seconds <= 0 || boot.uptimeSeconds <= seconds) return undefined;
  const grown = differences(judgedColumns, before.counters, counters, WRAP / 2);
  const exceeded = differences(allowanceNames, before.exceeded, allowance?.exceeded ?? {}, 0);
  const compared = Object.keys(grown).length + Object.keys(exceeded).length;
  return compared === 0 ? undefined : { seconds, counters: grown, exceeded };
}

type Counts = Readonly<Partial<Record<string, number>>>;

/** The growth of each of these, without those that cannot be compared. */
function differences(
  names: readonly string[],
  before: Counts,
  now: Counts,
  mostTurned: number,
): Record<string, number> {
  const grown = names.flatMap((name) => {
    const by = difference(before[name], now[name], mostTurned);
    return by === undefined ? [] : [[name, by] as const];
  });
  return Object.fromEntries(grown);
}

/**
 * A smaller number than before is a wrap of one CPU's counter if less than half of a turn lies between
 * (serial number arithmetic). If not, the module was loaded anew and the growth is unknown. EC2's counters
 * are 64 bits wide: a smaller one has lost an interface.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1982
 */
function difference(
  before: number | undefined,
  now: number | undefined,
  mostTurned: number,
): number | undefined {
  if (before === undefined || now === undefined) return undefined;
  if (now >= before) return now - before;
  const turned = now - before + WRAP;
  return turned >= 0 && turned < mostTurned ? turned : undefined;
}
