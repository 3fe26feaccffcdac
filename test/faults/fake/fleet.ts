import { readFileSync } from 'node:fs';
import type { Account } from '../../../lib/simulator/account.js';
import { createAccount, instancesById } from '../../../lib/simulator/account.js';
import type { Command, Invocation } from '../../../lib/simulator/commands.js';
import { bundledShapes } from '../../../lib/core/limit/instance-shapes.js';
import { buildGroup } from '../../../lib/simulator/fleet/build-group.js';
import { al2023, type ClusterPlan } from '../../../lib/simulator/fleet/plan.js';
import type { SimulatedFleet, SimulatedNode } from '../../../lib/simulator/fleet.js';
import { makeNodeRunner } from '../../../lib/simulator/node-runner.js';
import { digits } from '../../../lib/simulator/fleet/digits.js';
import { pluginOutput, standardOutput } from '../../../lib/simulator/ssm-output.js';
import { nodesOf, type PlacedNode, type World } from './world.js';

const MAX = 131_072;
/** Usage of the node on which the probe really ran. */
const USAGE = 0.3;
const probe = readFileSync(
  new URL('../../../lib/probe/collect.sh', import.meta.url),
  'utf8',
).trimEnd();

function plan(name: string): ClusterPlan {
  const kubeProxyTag = 'v1.31.2-minimal-eksbuild.3';
  return { name, os: al2023, kubeProxyTag, establishedSeconds: 86_400 };
}

function template(cluster: string, group: string, instanceType: string): SimulatedNode {
  const usage = [USAGE, USAGE] as const;
  const groupPlan = { name: group, kind: 'managed', instanceType, count: 1, max: MAX, usage };
  const [node] = buildGroup(plan(cluster), { ...groupPlan, kind: 'managed' });
  if (node === undefined) throw new Error(`the group ${group} has no node`);
  return node;
}

/** What the real probe prints on one simulated node, as JSON. Every node answers a copy of it. */
export async function probeOnce(): Promise<object> {
  const runner = await makeNodeRunner();
  try {
    const node = template('once', 'once', 'm5.large');
    const lines = probe.split('\n');
    const run = await runner.run(node, () => ({ lines, commandId: 'once', timeoutSeconds: 60 }));
    return JSON.parse(run?.stdout ?? '') as object;
  } finally {
    await runner.stop();
  }
}

/** The account as its services see it; commands end at once, with the answer of `base`. */
export function accountOf(world: World, base: object, now: () => Date): Account {
  const nodes = new Map(nodesOf(world).map((node) => [node.instanceId, node]));
  const fleet = fleetOf(world);
  return createAccount({
    fleet,
    instances: instancesById(fleet),
    shapes: bundledShapes,
    now,
    dispatch(command) {
      for (const one of command.invocations) end(one, command, nodes.get(one.instanceId), base);
    },
    probe,
  });
}

function fleetOf(world: World): SimulatedFleet {
  const nodes = nodesOf(world);
  const clusters = world.clusters.map(({ name }) => ({
    name,
    version: '1.31',
    addons: { 'kube-proxy': 'v1.31.2-eksbuild.3' },
    autoMode: false,
    nodes: nodes
      .filter(({ cluster }) => cluster === name)
      .map(({ instanceId, group, instanceType, conduct }) => ({
        ...template(name, group, instanceType),
        instanceId,
        registration: conduct === 'lost' ? ('connection-lost' as const) : ('online' as const),
      })),
  }));
  return { clusters, bystanders: [] };
}

function end(
  invocation: Invocation,
  { requestedAt }: Command,
  node: PlacedNode | undefined,
  base: object,
): void {
  const { conduct = 'answers' } = node ?? {};
  invocation.startedAt = requestedAt;
  if (node === undefined || conduct === 'late') {
    invocation.state = 'In Progress';
    return;
  }
  const isGood = conduct === 'answers' || conduct === 'long';
  const bytes = Buffer.from(printed(node, base));
  invocation.state = isGood ? 'Success' : 'Failed';
  invocation.endedAt = requestedAt;
  invocation.result = {
    status: isGood ? 'Success' : 'Failed',
    responseCode: isGood ? 0 : 1,
    stdout: standardOutput(bytes).toString(),
    stderr: '',
    pluginOutput: pluginOutput(bytes, Buffer.alloc(0)).toString(),
  };
}

function printed(node: PlacedNode, base: object): string {
  if (node.conduct === 'fails') return '';
  // Blanks, which JSON allows: the answer is cut in a list and whole if read alone.
  const padding = node.conduct === 'long' ? `${' '.repeat(3_000)}\n` : '';
  return `${padding}${answerOf(node, base)}\n`;
}

/** The answer of the real probe with this node's table. */
function answerOf({ instanceId, usage, drops = 0 }: PlacedNode, base: object): string {
  const entries = Math.round(usage * MAX);
  const { stat, later, ...rest } = base as { stat: object; later: object };
  return JSON.stringify({
    ...rest,
    entries,
    stat: { ...stat, drop: drops },
    later: { ...later, entries },
    bootId: `${digits(instanceId, 8)}-0000-4000-8000-${digits(`${instanceId}/boot`, 12)}`,
  });
}
