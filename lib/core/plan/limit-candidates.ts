import { keepsUserData, leavesAlone } from '../artefacts/limit-plan.js';
import { scopeOf } from '../artefacts/scope-of.js';
import {
  floorOf,
  overloads,
  tableBytes,
  type LimitValues,
  type ScopeNode,
} from '../artefacts/scope.js';
import type { Evidence } from '../judge/judge.js';
import { afterShrinkingUpgrade } from '../limit/node-limit.js';
import type { KubeProxyConfig, NodeFacts } from '../node/snapshot.js';
import { raiseLimitSteps } from '../remedies/shared/raise-limit-steps.js';
import { bytes, count, percent } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import type { Candidate, Change, Member } from './candidate.js';
import { common, type Place } from './place.js';
import {
  chosenLimit,
  limitAfter,
  valuesText,
  type Asking,
  type ChosenLimit,
} from './limit-choice.js';
import type { WeighedNodes } from './weighed-nodes.js';

const SHRINKS = 'limit-shrinks-on-upgrade';

/** Rules whose findings are over where the limit of today is kept. */
const keeps: readonly string[] = [SHRINKS, 'limit-not-durable'];

interface Asked extends Asking {
  readonly member: Member;
  readonly facts: NodeFacts;
}

/** One value of kube-proxy for the cluster where that works, and user data for the groups that it leaves short. */
export function limitCandidates(
  place: Place,
  evidence: Evidence,
  weighed: WeighedNodes,
): Candidate[] {
  const nodes = scopeOf(evidence, place.cluster);
  const scope = new Map(nodes.map((node) => [node.instanceId, node]));
  const asked = place.members.flatMap((member) => askedBy(member, place, scope, weighed));
  const { tableMemoryShare: share } = weighed.policy;
  const chosen = chosenLimit(asked, nodes, share);
  const ofCluster = chosen === undefined ? [] : [byKubeProxy(place, chosen, nodes, share)];
  const short = asked.filter(
    ({ node, limit, member }) =>
      member.finding.rule !== SHRINKS && limit > (chosen ? limitAfter(node, chosen) : 0),
  );
  const groups = [...groupBy(short, ({ node }) => node.nodeGroup)];
  return [
    ...ofCluster,
    ...groups.flatMap(([nodeGroup, asks]) =>
      byUserData({ ...place, nodeGroup }, asks, nodes, share),
    ),
  ];
}

/** What believed nodes of a finding ask for. */
function askedBy(
  member: Member,
  { remedy, doubted }: Place,
  scope: ReadonlyMap<string, ScopeNode>,
  weighed: WeighedNodes,
): Asked[] {
  return weighed.of(member.finding).flatMap((snapshot): Asked[] => {
    const node = scope.get(snapshot.node.instanceId);
    if (node === undefined || doubted.has(node.instanceId)) return [];
    const said = weighed.weigh(remedy, member.finding, snapshot);
    const { limit } = said?.helps === true ? said.predicted : {};
    return limit === undefined ? [] : [askOf(member, node, snapshot.facts, limit)];
  });
}

function askOf(member: Member, node: ScopeNode, facts: NodeFacts, limit: number): Asked {
  const { rule, severity } = member.finding;
  const least = keeps.includes(rule) ? Math.min(limit, facts.table?.max ?? limit) : limit;
  const version = rule === SHRINKS ? afterShrinkingUpgrade(facts).kubeProxy?.version : undefined;
  const upgraded = version === undefined ? undefined : { ...node, kubeProxy: version };
  return { node, limit, least, severity, member, facts, ...present({ upgraded }) };
}

function byKubeProxy(
  place: Place,
  chosen: ChosenLimit,
  nodes: readonly ScopeNode[],
  share: number,
): Candidate {
  const after = new Map(nodes.map((node) => [node.instanceId, limitAfter(node, chosen)]));
  const { values, limit } = chosen;
  return {
    ...common(place),
    title: `Set ${valuesText(values)} in ${place.cluster}`,
    limit,
    kubeProxy: values,
    reason: priceOf(nodes, after, share),
    steps: kubeProxySteps(values, nodes, limit),
    change: ({ node }) => {
      const given = after.get(node.instanceId);
      return given === undefined
        ? undefined
        : { limit: given, facts: (now) => configured(now, values) };
    },
  };
}

/** The facts of a node whose kube-proxy is configured so. */
function configured(facts: NodeFacts, values: LimitValues): NodeFacts {
  const { kubeProxy, kubeProxyConfig } = facts;
  const config: KubeProxyConfig = { ...kubeProxyConfig, ...values };
  return {
    ...facts,
    ...(kubeProxy && { kubeProxy: { ...kubeProxy, ...values } }),
    kubeProxyConfig: config,
    kubeProxyConfigState: 'known',
  };
}

function kubeProxySteps(values: LimitValues, nodes: readonly ScopeNode[], limit: number): string[] {
  const sets = Object.entries(values).map(([name, value]) => `conntrack.${name} to ${value}`);
  const undo = (Object.keys(values) as (keyof LimitValues)[]).map((name) => {
    const before = nodes.find((node) => node[name] !== undefined)?.[name];
    return before === undefined
      ? `take conntrack.${name} out again, or set it to what it was`
      : `set conntrack.${name} back to ${before}`;
  });
  const edit = 'kubectl -n kube-system edit configmap kube-proxy-config';
  const restart = 'kubectl -n kube-system rollout restart daemonset kube-proxy';
  return [
    `now, on each node that is full: sysctl -w net.netfilter.nf_conntrack_max=${limit} (until kube-proxy starts again)`,
    `for good: ${edit}, set ${sets.join(' and ')}, then ${restart} (it holds for every node of the cluster)`,
    `undo: ${undo.join(', ')}, and ${restart}`,
    `proof: the next audit reads a limit of ${limit}`,
  ];
}

/** What a full table costs the node that it costs most of its memory. */
function priceOf(
  nodes: readonly ScopeNode[],
  after: ReadonlyMap<string, number>,
  share: number,
): string {
  const costs = nodes.flatMap((node) => {
    const limit = after.get(node.instanceId);
    if (limit === undefined || node.memoryBytes === undefined) return [];
    return [{ node, limit, cost: tableBytes(node, limit), memory: node.memoryBytes }];
  });
  const [most] = costs.sort((a, b) => b.cost / b.memory - a.cost / a.memory);
  if (most === undefined) return 'what a full table costs is not known, as no memory was read';
  return `a full table of ${count(most.limit)} entries costs up to ${bytes(most.cost)}, at most ${percent(most.cost / most.memory)} of the memory of a node (${percent(share)} are allowed), and nothing until it is used`;
}

/**
 * User data of one group. It lasts where no kube-proxy writes the limit again; elsewhere what it sets would be
 * undone at the next start, so that it is no candidate.
 */
function byUserData(
  place: Place & { readonly nodeGroup: string },
  asks: readonly Asked[],
  nodes: readonly ScopeNode[],
  share: number,
): Candidate[] {
  const group = nodes.filter(({ nodeGroup }) => nodeGroup === place.nodeGroup);
  const largestFirst = [...new Set(asks.map(({ limit }) => limit))].sort((a, b) => b - a);
  const limit = largestFirst.find((one) => isBorneBy(group, one, share));
  const [worst] = asks;
  if (limit === undefined || worst === undefined || !group.every(keepsUserData)) return [];
  const members = place.members.filter(({ finding }) =>
    asks.some((one) => one.member.finding === finding),
  );
  const after = new Map(group.map((node) => [node.instanceId, limit]));
  const kind = place.kinds.get(place.nodeGroup) ?? 'none';
  return [
    {
      ...common({ ...place, members }),
      reach: 'node-group',
      title: `Set nf_conntrack_max to ${count(limit)} in the user data of ${place.nodeGroup} in ${place.cluster}`,
      limit,
      reason: priceOf(group, after, share),
      steps: raiseLimitSteps(limit, worst.facts, kind),
      change: ({ node }): Change | undefined =>
        after.has(node.instanceId) ? { limit } : undefined,
    },
  ];
}

/** What a node has and is configured to have is kept, and its memory bears it. */
function isBorneBy(group: readonly ScopeNode[], limit: number, share: number): boolean {
  return group.every((node) => {
    const floor = leavesAlone(node) ? (node.limit ?? 0) : floorOf(node);
    return limit === floor || (limit > floor && !overloads(node, limit, share));
  });
}
