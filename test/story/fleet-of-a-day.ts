import type { SimulatedFleet, SimulatedNode } from '../../lib/simulator/fleet.js';
import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { al2023, type ClusterPlan } from '../../lib/simulator/fleet/plan.js';

/** Seconds from one audit of the story to the next. */
export const STEP = 21_600;
const LIMIT = 131_072;

const plan: ClusterPlan = {
  name: 'shop',
  os: al2023,
  kubeProxyTag: 'v1.31.2-minimal-eksbuild.3',
  establishedSeconds: 86_400,
};
const [one, two, three, fourth] = buildGroup(plan, {
  name: 'web',
  kind: 'managed',
  instanceType: 'm5.large',
  count: 4,
  max: LIMIT,
  usage: [0.5, 0.5],
});

/** What is different on one node in one audit. */
interface Now {
  readonly entries: number;
  readonly max?: number;
  /** Flows refused since boot. */
  readonly drops?: number;
  readonly offline?: true;
}

/** The nodes of one audit: those that are there, by name. `next` is the one that replaces `worst`. */
export interface Scene {
  readonly name: string;
  readonly worst?: Now;
  readonly next?: Now;
}

/** A day and a half of one node group, audited every six hours. */
export const scenes: readonly Scene[] = [
  { name: 'calm', worst: { entries: 47_000 } },
  { name: 'pressure', worst: { entries: 107_500 } },
  { name: 'drop burst between audits', worst: { entries: 110_100, drops: 5_412 } },
  { name: 'mute', worst: { entries: 110_100, drops: 5_412, offline: true } },
  { name: 'node replaced', next: { entries: 106_200 } },
  { name: 'fix', next: { entries: 106_900, max: 2 * LIMIT } },
  { name: 'reverted fix', next: { entries: 76_000 } },
  { name: 'all clear', next: { entries: 52_000 } },
];

/** The account as the audit of this number finds it. */
export function fleetAt(at: number, { worst, next }: Scene): SimulatedFleet {
  const nodes = [
    ...nodeAt(one, at, worst),
    ...nodeAt(fourth, at, next),
    ...nodeAt(two, at, { entries: 62_900 }),
    ...nodeAt(three, at, { entries: 68_200 }),
  ];
  const addons = { 'kube-proxy': 'v1.31.2-eksbuild.3' };
  return {
    clusters: [{ name: plan.name, version: '1.31', addons, autoMode: false, nodes }],
    bystanders: [],
  };
}

function nodeAt(node: SimulatedNode | undefined, at: number, now?: Now): SimulatedNode[] {
  if (node === undefined) throw new Error('the group is too small for the story');
  if (now === undefined) return [];
  const { machine } = node;
  const { conntrack } = machine;
  if (conntrack === undefined) throw new Error('the story is about a table');
  const { entries, max = LIMIT, drops = 0, offline } = now;
  const counters = { ...conntrack.counters, drop: [drops] };
  return [
    {
      ...node,
      registration: offline === true ? 'connection-lost' : 'online',
      machine: {
        ...machine,
        uptimeSeconds: machine.uptimeSeconds + at * STEP,
        conntrack: { ...conntrack, entries, max, counters },
      },
    },
  ];
}
