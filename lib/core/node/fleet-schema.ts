import * as v from 'valibot';
import {
  proxyModes,
  type Cluster,
  type Fleet,
  type InstanceShape,
  type MuteTags,
  type Node,
  type NodeGroupMute,
} from './fleet.js';
import { MAX_CPUS } from './parse/fields.js';
import { gapReasons, gapSubjects, type Account, type Gap, type GapReason } from './gap.js';

/** One schema for each key: a key that a type gets and its schema does not know fails to compile. */
type Keys<T> = Record<keyof T, v.GenericSchema>;

/** More CPUs, and more MiB (a pebibyte), than an instance has. */
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_CPUS));
const mebibytes = v.pipe(v.number(), v.minValue(1), v.maxValue(2 ** 30));

/** Whether it is within reason is judged where it becomes a fact. */
const seconds = v.number();

const muteTags = v.object({
  until: v.exactOptional(v.string()),
  reason: v.exactOptional(v.string()),
  rule: v.exactOptional(v.string()),
} satisfies Keys<MuteTags>);

const nodeGroupMute = v.object({
  nodeGroup: v.string(),
  mute: muteTags,
} satisfies Keys<NodeGroupMute>);

/** What older versions kept where the tags of node groups might not be read: it mutes nothing. */
const untold = v.pipe(
  v.literal('not-allowed'),
  v.transform((): NodeGroupMute[] => []),
);

const cluster = v.object({
  name: v.string(),
  version: v.exactOptional(v.string()),
  kubeProxyVersion: v.exactOptional(v.string()),
  kubeProxyGiven: v.exactOptional(v.string()),
  dnsAddress: v.exactOptional(v.string()),
  ipFamily: v.exactOptional(v.picklist(['ipv4', 'ipv6'])),
  proxyMode: v.exactOptional(v.picklist(proxyModes)),
  nodeGroupMutes: v.exactOptional(v.union([v.array(nodeGroupMute), untold])),
} satisfies Keys<Cluster>);

const node = v.object({
  instanceId: v.string(),
  instanceType: v.string(),
  cluster: v.string(),
  nodeGroup: v.string(),
  nodeGroupKind: v.picklist(['managed', 'karpenter', 'auto-scaling-group', 'auto-mode', 'none']),
  platform: v.picklist(['linux', 'windows']),
  autoMode: v.boolean(),
  cpu: v.exactOptional(v.object({ cores: count, threadsPerCore: count })),
  tcpEstablishedSeconds: v.exactOptional(seconds),
  mute: v.exactOptional(muteTags),
} satisfies Keys<Node>);

const shape = v.object({
  instanceType: v.string(),
  vcpus: count,
  memoryMiB: mebibytes,
  architecture: v.picklist(['x86_64', 'arm64', 'i386', 'other']),
  hypervisor: v.picklist(['nitro', 'xen', 'none']),
  tcpEstablishedSeconds: v.exactOptional(seconds),
} satisfies Keys<InstanceShape>);

const account = v.object({
  id: v.string(),
  alias: v.exactOptional(v.string()),
} satisfies Keys<Account>);

const gap = v.object({
  about: v.picklist(gapSubjects),
  subject: v.string(),
  cluster: v.exactOptional(v.string()),
  operation: v.string(),
  reason: v.picklist(Object.keys(gapReasons) as GapReason[]),
  detail: v.string(),
} satisfies Keys<Gap>);

/** Gaps, as files of a saved run hold them. */
export const gapsSchema: v.GenericSchema<unknown, Gap[]> = v.array(gap);

/** `fleet.json` of a saved run. */
export const fleetSchema: v.GenericSchema<unknown, Fleet> = v.object({
  region: v.string(),
  account: v.exactOptional(account),
  clusters: v.array(cluster),
  otherClusters: v.exactOptional(v.array(v.string())),
  nodes: v.array(node),
  shapes: v.array(shape),
  gaps: v.exactOptional(gapsSchema),
} satisfies Keys<Fleet>);
