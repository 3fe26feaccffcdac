import type { Fleet, InstanceShape, Node } from '../node/fleet.js';
import type { Gap } from '../node/gap.js';
import type { Evidence } from '../judge/judge.js';
import { MAX_UINT32, whole } from '../node/parse/fields.js';
import { parseAnswer } from '../node/parse/answer.js';
import { hearBundles } from './bundles.js';
import type { Invocation, RunStore } from './ports.js';
import { groupBy } from '../text/group-by.js';
import { probeNotes } from './probe-notes.js';
import { present } from '../text/present.js';
import {
  answersSchema,
  askingSchema,
  commandSchema,
  GAPS,
  readRun,
  readRunFile,
  type CommandFile,
} from './run-files.js';
import { fleetSchema, gapsSchema } from '../node/fleet-schema.js';
import type { SilentNode, SilentReason } from '../node/silent-node.js';
import type { KubeProxy, NodeFacts, Snapshot, VpcTracking } from '../node/snapshot.js';

/**
 * Puts a run together from its files: each discovered node becomes a snapshot or a silent node,
 * exactly once. A node that no file mentions has not answered.
 */
export async function gatherEvidence(store: RunStore): Promise<Evidence> {
  const { runId, startedAt, probe } = await readRun(store);
  const fleet = await readRunFile(store, 'fleet.json', fleetSchema);
  const facts = new Map<string, NodeFacts>();
  const reasons = new Map<string, SilentReason>();

  const asking = await readRunFile(store, 'asking.json', askingSchema);
  const { silent, bottlerocket = [] } = asking;
  for (const { instanceId, reason } of silent) reasons.set(instanceId, reason);
  for (const key of await store.keys('commands/')) {
    leaveOut(await readRunFile(store, key, commandSchema), reasons);
  }
  for (const key of await store.keys('answers/')) {
    for (const said of await readRunFile(store, key, answersSchema)) hear(said, facts, reasons);
  }
  for (const { instanceId, version } of bottlerocket) {
    const read = facts.get(instanceId);
    if (read !== undefined) facts.set(instanceId, onBottlerocket(read, version));
  }
  const ids = new Set(fleet.nodes.map(({ instanceId }) => instanceId));
  const ofBundles = await hearBundles(store, facts, ids, startedAt);
  const heard = account(fleet, facts, reasons);
  const all = [...(probeNotes(heard.snapshots, probe) ?? []), ...ofBundles];
  const notes = all.length > 0 ? all : undefined;
  const gaps = await gapsOf(fleet, store);
  return { runId, startedAt, fleet, ...heard, ...present({ gaps, notes }) };
}

/** The gaps of discovery, then those of asking and reading. Each is told once, whatever number of calls met it. */
async function gapsOf(fleet: Fleet, store: RunStore): Promise<readonly Gap[] | undefined> {
  const gaps = [...(fleet.gaps ?? [])];
  for (const key of await store.keys(GAPS)) {
    gaps.push(...(await readRunFile(store, key, gapsSchema)));
  }
  const alike = groupBy(gaps, ({ subject, operation, reason }) =>
    JSON.stringify([subject, operation, reason]),
  );
  const told = [...alike.values()].flatMap((group) => group.slice(0, 1));
  return told.length === 0 ? undefined : told;
}

/** The nodes to which a command did not go. */
function leaveOut(
  { refused, denied = [], unsent = [] }: CommandFile,
  reasons: Map<string, SilentReason>,
): void {
  for (const instanceId of unsent) reasons.set(instanceId, 'not-sent');
  for (const instanceId of denied) reasons.set(instanceId, 'access-denied');
  for (const instanceId of refused) reasons.set(instanceId, 'refused');
}

function hear(
  said: Invocation,
  facts: Map<string, NodeFacts>,
  reasons: Map<string, SilentReason>,
): void {
  if (said.status === 'silent') reasons.set(said.instanceId, said.reason);
  if (said.status !== 'answered') return;
  const parsed = parseAnswer(said.text);
  if (parsed === undefined) reasons.set(said.instanceId, 'unreadable');
  else facts.set(said.instanceId, parsed);
}

/** The host's own file is nearer than the word of Systems Manager, and that nearer than a container's file. */
function onBottlerocket(read: NodeFacts, version: string | undefined): NodeFacts {
  return read.os?.id === 'bottlerocket'
    ? read
    : { ...read, os: present({ id: 'bottlerocket', version }) };
}

/** discovered = read + silent, by construction. */
function account(
  fleet: Fleet,
  facts: ReadonlyMap<string, NodeFacts>,
  reasons: ReadonlyMap<string, SilentReason>,
): { snapshots: Snapshot[]; silent: SilentNode[] } {
  const snapshots: Snapshot[] = [];
  const silent: SilentNode[] = [];
  for (const node of fleet.nodes) {
    const read = facts.get(node.instanceId);
    if (read !== undefined) snapshots.push({ node, facts: joined(node, fleet, read) });
    else silent.push(silentNode(node, reasons.get(node.instanceId) ?? 'no-answer'));
  }
  return { snapshots, silent };
}

/** A silent node for reports. */
export function silentNode(
  { instanceId, cluster, nodeGroup }: Node,
  reason: SilentReason,
): SilentNode {
  return { instanceId, cluster, nodeGroup, reason };
}

/**
 * The facts of a node, with those of the services in the gaps. The node's own version goes before the
 * add-on's: versions may differ from node to node.
 */
function joined(node: Node, { clusters, shapes }: Fleet, read: NodeFacts): NodeFacts {
  const { cluster, instanceType } = node;
  const known = clusters.find(({ name }) => name === cluster);
  const { kubeProxyVersion: version, kubeProxyGiven: given, proxyMode } = known ?? {};
  const own: KubeProxy | undefined =
    given === undefined
      ? read.kubeProxy
      : { ...read.kubeProxyConfig, version: given, source: 'given' };
  const addOn: KubeProxy | undefined =
    version === undefined ? undefined : { ...read.kubeProxyConfig, version, source: 'add-on' };
  const shape = shapes.find((one) => one.instanceType === instanceType);
  return {
    ...read,
    ...present({
      kubeProxy: own ?? addOn,
      proxyMode: read.proxyMode ?? proxyMode,
      threadsPerCore: read.threadsPerCore ?? node.cpu?.threadsPerCore,
      shape,
      vpcTracking: trackingOf(node, shape),
    }),
  };
}

function trackingOf(node: Node, shape: InstanceShape | undefined): VpcTracking | undefined {
  const set = whole(node.tcpEstablishedSeconds, MAX_UINT32);
  const seconds = set ?? whole(shape?.tcpEstablishedSeconds, MAX_UINT32);
  if (seconds === undefined) return undefined;
  return { tcpEstablishedSeconds: seconds, configured: set !== undefined };
}
