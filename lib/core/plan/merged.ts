import { compareScores } from './choose.js';
import type { Action, GroupEffect } from './plan.js';

/** An action with its place among those of all clusters. */
export interface Ranked {
  readonly action: Action;
  readonly order: readonly number[];
  /** On the node groups whose findings it is the first to answer. */
  readonly effects: readonly GroupEffect[];
}

/** The actions of all clusters, the best of what is next in each of them first. */
export function merged(clusters: readonly (readonly Ranked[])[]): Ranked[] {
  return clusters
    .flatMap((ranked) => afterTheirOwn(ranked))
    .sort((a, b) => compareScores(b.order, a.order));
}

/** An action waits for those before it in its cluster: its place is that of the last of them at best. */
function afterTheirOwn(ranked: readonly Ranked[]): Ranked[] {
  let last: readonly number[] | undefined;
  return ranked.map((one) => {
    if (last === undefined || compareScores(one.order, last) < 0) last = one.order;
    return { ...one, order: last };
  });
}
