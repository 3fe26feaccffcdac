import {
  floorOf,
  limitUnder,
  overloads,
  some,
  tableBytes,
  type LimitValues,
  type ScopeNode,
} from '../artefacts/scope.js';
import { eraOf } from '../limit/era.js';
import { bytes, count, percent, plural } from '../text/format.js';
import { present } from '../text/present.js';

/** A node that asks for a limit, and whether it gets it. */
export interface Need {
  readonly node: ScopeNode;
  /** What it asks for, or what is enough for it. */
  readonly limit: number;
  readonly isMet: boolean;
  /** When it would lose its limit of today: `kube-proxy starts again`. Absent: it asks for more than it has. */
  readonly lowered?: string;
}

/** What the reason of a limit is made of. */
export interface Reasoned {
  readonly values: LimitValues;
  readonly needs: readonly Need[];
  /** All nodes of the cluster, and the limit of each once it is set. */
  readonly nodes: readonly ScopeNode[];
  readonly after: ReadonlyMap<string, number>;
  /** Share of the memory of a node that a full table may cost. */
  readonly share: number;
  /** Nodes whose hash kube-proxy makes larger with it. */
  readonly largerHash: number;
}

/** Why it is this limit: who needs it, who must not lose it, who does not bear more, and what it costs. */
export function limitReason(one: Reasoned): string {
  const { nodes, after, share, largerHash } = one;
  return [
    ...needText(one),
    ...keptText(one),
    ...shortText(one),
    ...(largerHash === 0
      ? []
      : [`kube-proxy also gives the hash of ${plural(largerHash, 'node')} more buckets`]),
    costText(nodes, after, share),
  ].join('; ');
}

/** `the largest need is 262,144 (encoders)`, of those that are met, and who is to keep what it has. */
function needText({ needs }: Reasoned): string[] {
  const met = needs.filter(({ isMet }) => isMet);
  const more = largest(met.filter(({ lowered }) => lowered === undefined));
  const kept = largest(met.filter(({ lowered }) => lowered !== undefined));
  return [
    ...(more === undefined ? [] : [`the largest need is ${count(more.limit)} (${more.groups})`]),
    ...(kept === undefined
      ? []
      : [`it keeps ${count(kept.limit)} in ${kept.groups} when ${kept.lowered ?? ''}`]),
  ];
}

interface Largest {
  readonly limit: number;
  /** The node groups that ask for as much. */
  readonly groups: string;
  readonly lowered?: string;
}

function largest(needs: readonly Need[]): Largest | undefined {
  const limit = Math.max(0, ...needs.map((one) => one.limit));
  const [first, ...others] = needs.filter((one) => one.limit === limit);
  if (first === undefined) return undefined;
  const groups = new Set([first, ...others].map(({ node }) => node.nodeGroup));
  return { limit, groups: some([...groups]), ...present({ lowered: first.lowered }) };
}

/** A node that has more than anybody needs decides the minimum, as kube-proxy writes it there too. */
function keptText({ values: { min = 0, ...others }, needs, nodes }: Reasoned): string[] {
  const { limit: need = 0 } = largest(needs.filter(({ isMet }) => isMet)) ?? {};
  if (min <= need) return [];
  const losing = nodes
    .filter((node) => (limitUnder(node, { ...others, min: need }) ?? Infinity) < floorOf(node))
    .sort((a, b) => floorOf(b) - floorOf(a));
  const [most] = losing;
  if (most === undefined) return [];
  const will = eraOf(most.kubeProxy)?.writes === 'exact' ? 'would' : 'may';
  const more = losing.length === 1 ? '' : `, as on ${plural(losing.length - 1, 'other node')}`;
  return [
    `${most.instanceId} of ${most.nodeGroup} has ${count(floorOf(most))} already, and with less kube-proxy ${will} lower it${more}`,
  ];
}

/** Who gets less than it asks for, and which node does not bear more. */
function shortText({ needs, nodes, share }: Reasoned): string[] {
  const short = largest(needs.filter(({ isMet }) => !isMet));
  if (short === undefined) return [];
  const heavy = nodes.filter((node) => overloads(node, short.limit, share));
  if (heavy.length === 0) return [];
  const ids = some(heavy.map(({ instanceId }) => instanceId));
  return [`${short.groups} would need ${count(short.limit)}, more than ${ids} can bear`];
}

/** What a full table costs the node that it costs most of its memory. */
function costText(
  nodes: readonly ScopeNode[],
  after: ReadonlyMap<string, number>,
  share: number,
): string {
  const costs = nodes.flatMap((node) => {
    const limit = after.get(node.instanceId);
    if (limit === undefined || node.memoryBytes === undefined) return [];
    return [{ limit, cost: tableBytes(node, limit), memory: node.memoryBytes }];
  });
  const [most] = costs.sort((a, b) => b.cost / b.memory - a.cost / a.memory);
  if (most === undefined) return 'what a full table costs is not known, as no memory was read';
  return `a full table of ${count(most.limit)} entries costs up to ${bytes(most.cost)}, at most ${percent(most.cost / most.memory)} of the memory of a node (${percent(share)} are allowed), and nothing until it is used`;
}
