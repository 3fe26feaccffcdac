import { isBorne } from '../artefacts/limit-plan.js';
import { floorOf, limitUnder, type LimitValues, type ScopeNode } from '../artefacts/scope.js';
import type { Severity } from '../judge/severity.js';
import { AUTOMATIC_LIMIT_CAP } from '../limit/era.js';
import { count } from '../text/format.js';
import { groupByParts } from '../text/group-by.js';
import { present } from '../text/present.js';

/** The limits that one edit of kube-proxy's configuration gives, by instance id. */
export interface ChosenLimit {
  /** The largest that it gives to a node that asks. */
  readonly limit: number;
  readonly values: LimitValues;
}

/** A node that asks for a limit. */
export interface Asking {
  readonly node: ScopeNode;
  readonly limit: number;
  /** What is enough for the finding that it asks for, at most `limit`. */
  readonly least: number;
  readonly severity: Severity;
  /** The same node after an upgrade that it is to outlast. */
  readonly upgraded?: ScopeNode;
}

/**
 * One edit for the whole cluster: of those that every node bears, that lower none and outlast the upgrades that
 * they have to, the one that is enough for most nodes, the worst findings first; then the one that gives most of
 * them all that they ask for; then the smallest. Nothing where no value of kube-proxy's works for any of them.
 */
export function chosenLimit(
  asking: readonly Asking[],
  nodes: readonly ScopeNode[],
  share: number,
): ChosenLimit | undefined {
  if (nodes.some(({ maxPerCore, kubeProxy }) => maxPerCore === 0 || kubeProxy === 'none')) {
    return undefined;
  }
  const kinds = alike(nodes);
  const alikeAsking = askingAlike(asking);
  const scored = valuesToTry(asking, kinds)
    .filter((values) => isBorne(values, kinds, share))
    .map((values) => ({ values, score: scoreOf(values, alikeAsking) }))
    .filter(({ values }) => alikeAsking.some(({ one }) => isEnough(values, one, one.least)))
    .sort((a, b) => compare(b.score, a.score));
  const [best] = scored;
  if (best === undefined) return undefined;
  const limits = asking
    .filter((one) => isEnough(best.values, one, one.least))
    .map(({ node }) => limitUnder(node, best.values) ?? 0);
  return { values: best.values, limit: Math.max(...limits) };
}

/**
 * Every minimum that somebody asks for, or that some node has already and is to keep, alone and with as many per
 * core as somebody needs for it.
 */
function valuesToTry(asking: readonly Asking[], nodes: readonly ScopeNode[]): LimitValues[] {
  const most = Math.max(1, ...nodes.map(({ vcpus = 0 }) => vcpus));
  const kept = Math.max(0, ...nodes.map(floorOf));
  const asked = asking.flatMap(({ limit, least }) => [limit, least]);
  const limits = [...new Set([...asked, ...(kept > 0 ? [kept] : [])])];
  const perCore = asking.flatMap(({ limit, node: { vcpus } }) =>
    vcpus === undefined || vcpus === 0 ? [] : [Math.ceil(limit / vcpus)],
  );
  // So few per core that no node reaches the cap of newer kube-proxies: then the minimum decides on every one.
  const belowCap = limits.some((limit) => limit > AUTOMATIC_LIMIT_CAP)
    ? [Math.floor(AUTOMATIC_LIMIT_CAP / most)]
    : [];
  const cores = [undefined, ...new Set([...perCore, ...belowCap])];
  return cores
    .flatMap((maxPerCore) => [undefined, ...limits].map((min) => present({ maxPerCore, min })))
    .filter((values) => Object.keys(values).length > 0);
}

interface AlikeAsking {
  readonly one: Asking;
  readonly amount: number;
}

/** What decides the limit that values give a node, and what it costs there: all but its memory. */
function kindOf({ vcpus, kubeProxy, limit, maxPerCore, min, kernel, entryBytes }: ScopeNode) {
  return [vcpus, kubeProxy, limit, maxPerCore, min, kernel, entryBytes];
}

/** Of nodes that differ in memory alone the smallest: most nodes of a cluster are alike. */
function alike(nodes: readonly ScopeNode[]): ScopeNode[] {
  const memory = ({ memoryBytes = Infinity }: ScopeNode) => memoryBytes;
  return groupByParts(nodes, kindOf).flatMap((group) =>
    group.reduce<ScopeNode[]>(
      ([least], one) => [least === undefined || memory(one) < memory(least) ? one : least],
      [],
    ),
  );
}

function askingAlike(asking: readonly Asking[]): AlikeAsking[] {
  const groups = groupByParts(asking, ({ node, limit, least, severity, upgraded }) => [
    ...kindOf(node),
    limit,
    least,
    severity,
    upgraded?.kubeProxy,
  ]);
  return groups.flatMap(([one, ...others]) =>
    one === undefined ? [] : [{ one, amount: 1 + others.length }],
  );
}

/**
 * What a mere notice asks for is no reason to leave the minimum alone and count by vCPU: that moves the limits of
 * nodes that nobody complains about.
 */
function scoreOf(values: LimitValues, asking: readonly AlikeAsking[]): number[] {
  const enough = asking.filter(({ one }) => isEnough(values, one, one.least));
  const amountOf = (those: readonly AlikeAsking[]) =>
    those.reduce((sum, { amount }) => sum + amount, 0);
  const of = (severity: Severity) =>
    amountOf(enough.filter(({ one }) => one.severity === severity));
  return [
    of('critical'),
    of('warning'),
    values.maxPerCore === undefined ? 0 : -1,
    of('notice'),
    amountOf(asking.filter(({ one }) => isEnough(values, one, one.limit))),
    -Object.keys(values).length,
    -(values.min ?? 0),
    -(values.maxPerCore ?? 0),
  ];
}

/** Whether these values give a node this limit, after an upgrade too where that matters. */
export function isEnough(
  values: LimitValues,
  { node, upgraded = node }: Asking,
  limit: number,
): boolean {
  return [node, upgraded].every((one) => (limitUnder(one, values) ?? limit) >= limit);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** What a node has once kube-proxy has started with these values. */
export function limitAfter(node: ScopeNode, { limit, values }: ChosenLimit): number {
  return limitUnder(node, values) ?? node.limit ?? limit;
}

/** `conntrack.min of kube-proxy to 524,288`. */
export function valuesText({ maxPerCore, min }: LimitValues): string {
  const parts = [
    ...(maxPerCore === undefined ? [] : [`conntrack.maxPerCore to ${count(maxPerCore)}`]),
    ...(min === undefined ? [] : [`conntrack.min to ${count(min)}`]),
  ];
  const [first = '', ...others] = parts;
  return [first.replace(' to ', ' of kube-proxy to '), ...others].join(' and ');
}
