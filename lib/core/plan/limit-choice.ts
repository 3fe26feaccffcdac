import { limitPlanFor } from '../artefacts/limit-plan.js';
import { limitUnder, type LimitValues, type ScopeNode } from '../artefacts/scope.js';
import { count } from '../text/format.js';

/** The limits that one edit of kube-proxy's configuration gives, by instance id. */
export interface ChosenLimit {
  readonly limit: number;
  readonly values: LimitValues;
}

/** A node that asks for a limit. */
export interface Asking {
  readonly node: ScopeNode;
  readonly limit: number;
}

/**
 * One value for the whole cluster: the largest that is asked for and that every node bears. Nothing where no
 * value of kube-proxy's works.
 */
export function chosenLimit(
  asking: readonly Asking[],
  nodes: readonly ScopeNode[],
): ChosenLimit | undefined {
  const largestFirst = [...new Set(asking.map(({ limit }) => limit))].sort((a, b) => b - a);
  for (const limit of largestFirst) {
    const wanting = asking.filter((one) => one.limit >= limit).map(({ node }) => node);
    const { values } = limitPlanFor(limit, wanting, nodes);
    if (values !== undefined) return { limit, values };
  }
  return undefined;
}

/** What a node has once kube-proxy has started with these values. */
export function limitAfter(node: ScopeNode, { limit, values }: ChosenLimit): number {
  return limitUnder(node, values) ?? node.limit ?? limit;
}

/** `conntrack.min of kube-proxy to 524,288`. */
export function valuesText({ maxPerCore, min }: LimitValues): string {
  const parts = [
    ...(maxPerCore === undefined
      ? []
      : [`conntrack.maxPerCore of kube-proxy to ${count(maxPerCore)}`]),
    ...(min === undefined ? [] : [`conntrack.min of kube-proxy to ${count(min)}`]),
  ];
  return parts.join(' and ');
}
