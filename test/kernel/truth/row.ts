import type { Case, Weighed } from '../../../lib/core/judge/remedy.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { remedies } from '../../../lib/core/remedies/index.js';
import { aCase } from '../../support/a-case.js';
import type { Entries } from './lab-node.js';

/** What a remedy says its number is; `nothing` where it names none. */
export type Claim = 'value' | 'at most' | 'at least' | 'nothing' | 'no such remedy';

/** How far from its prediction a measured value may be, as a share of it. */
const CLOSE = 0.05;

export interface Prediction {
  /** Live entries of the steady state once the remedy is in use. */
  readonly entries?: number;
  readonly limit?: number;
  readonly claim: Claim;
  readonly weighed?: Weighed;
}

/** What was predicted of one remedy in one scenario, and what came. All numbers are live entries. */
export interface Row {
  readonly remedy: string;
  readonly scenario: string;
  readonly before: number;
  readonly predicted?: number;
  readonly measured: number;
  /** Expired entries that the kernel had not collected when it was measured: they are in its count. */
  readonly uncollected: number;
  readonly claim: Claim;
}

/** What the remedy itself predicts from these facts. */
export function predict(
  remedy: string,
  facts: NodeFacts,
  different: Partial<Case> = {},
): Prediction {
  const weighed = remedies
    .find(({ id }) => id === remedy)
    ?.assess(aCase({ facts }, { rule: 'table-pressure', ...different }));
  const effect: Weighed['predicted'] & { readonly bound?: 'at most' | 'at least' } =
    weighed?.predicted ?? {};
  const { usage, limit, bound = 'value' } = effect;
  if (weighed === undefined) return { claim: 'no such remedy' };
  if (usage === undefined || limit === undefined) return { claim: 'nothing', weighed };
  return { entries: usage * limit, limit, claim: bound, weighed };
}

export function rowOf(
  named: Pick<Row, 'remedy' | 'scenario'>,
  before: Entries,
  { entries, claim }: Prediction,
  { live, uncollected }: Entries,
): Row {
  const { remedy, scenario } = named;
  const numbers = { before: before.live, measured: live, uncollected, claim };
  return { remedy, scenario, ...numbers, ...(entries !== undefined && { predicted: entries }) };
}

/** How far the measured entries are from the predicted ones, as a share of these. */
export function errorOf({ predicted, measured }: Row): number | undefined {
  return predicted === undefined ? undefined : (measured - predicted) / predicted;
}

/** Whether what was measured is what was claimed. A remedy that claims nothing is not wrong. */
export function holds(row: Row): boolean {
  const error = errorOf(row);
  if (error === undefined) return row.claim === 'nothing';
  if (row.claim === 'at most') return error <= CLOSE;
  if (row.claim === 'at least') return error >= -CLOSE;
  return Math.abs(error) <= CLOSE;
}
