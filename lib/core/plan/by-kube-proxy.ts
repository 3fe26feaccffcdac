import type { LimitValues, ScopeNode } from '../artefacts/scope.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { present } from '../text/present.js';
import { remembered } from '../text/remembered.js';
import { keeps, type Asked } from './asked-limit.js';
import type { Candidate, Change } from './candidate.js';
import { isEnough, limitAfter, valuesText, type ChosenLimit } from './limit-choice.js';
import { limitReason, type Need } from './limit-reason.js';
import { kubeProxySteps } from './limit-steps.js';
import { common, type Place } from './place.js';

type Hash = NonNullable<NodeFacts['hash']>;

/** The nodes of a cluster, and the share of their memory that a full table may cost. */
export interface ClusterScope {
  readonly nodes: readonly ScopeNode[];
  readonly snapshots: readonly Snapshot[];
  readonly share: number;
}

/** One edit of kube-proxy's configuration, for every node of the cluster. */
export function byKubeProxy(
  place: Place,
  chosen: ChosenLimit,
  asked: readonly Asked[],
  { nodes, snapshots, share }: ClusterScope,
): Candidate {
  const after = new Map(nodes.map((node) => [node.instanceId, limitAfter(node, chosen)]));
  const { values, limit } = chosen;
  const changeTo = remembered((then: number) => changeOf(values, then));
  const told = asked.map((one) => ({ one, need: needOf(one, values) }));
  const met = told.filter(({ need }) => need.isMet).map(({ one }) => one);
  // What a mere notice does not get is no reason.
  const needs = told
    .filter(({ one, need }) => need.isMet || one.severity !== 'notice')
    .map(({ need }) => need);
  const given = met.map(({ node, facts }) => ({ node, facts, limit: limitAfter(node, chosen) }));
  const largerHash = snapshots.filter(({ node: { instanceId }, facts: { hash } }) => {
    const then = after.get(instanceId);
    return hash !== undefined && then !== undefined && bucketsAfter(hash, then) > hash.buckets;
  }).length;
  return {
    ...common(place),
    title: `Set ${valuesText(values)} in ${place.cluster}`,
    limit,
    kubeProxy: values,
    reason: limitReason({ values, needs, nodes, after, share, largerHash }),
    steps: kubeProxySteps(values, nodes, given),
    change: ({ node }) => {
      const then = after.get(node.instanceId);
      return then === undefined ? undefined : changeTo(then);
    },
  };
}

/** What a node asks for where it gets that, else what is enough for it. */
function needOf(one: Asked, values: LimitValues): Need {
  const { node, least, upgraded, member } = one;
  const limit = isEnough(values, one, one.limit) ? one.limit : least;
  const when =
    upgraded === undefined
      ? 'kube-proxy starts again'
      : `kube-proxy ${upgraded.kubeProxy ?? ''} starts`;
  const lowered = keeps(member.finding) ? when : undefined;
  return { node, limit, isMet: isEnough(values, one, limit), ...present({ lowered }) };
}

/** As kube-proxy starts it gives the hash a quarter of the limit, where it has fewer buckets. */
function bucketsAfter({ buckets }: Hash, limit: number): number {
  return Math.max(buckets, Math.floor(limit / 4));
}

/** What it makes of a node whose kube-proxy gives it this limit. */
function changeOf(values: LimitValues, limit: number): Change {
  return {
    limit,
    sets: [
      {
        kubeProxy: (kubeProxy) => kubeProxy && { ...kubeProxy, ...values },
        kubeProxyConfig: (config) => ({ ...config, ...values }),
        kubeProxyConfigState: () => 'known',
        hash: (hash) => hash && { ...hash, buckets: bucketsAfter(hash, limit) },
      },
    ],
  };
}
