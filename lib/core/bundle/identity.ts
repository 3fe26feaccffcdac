import type { NodeGroupKind } from '../node/fleet.js';
import { present } from '../text/present.js';

/** What a bundle says of whose it is. What is absent it does not say. */
export interface BundleIdentity {
  readonly instanceId?: string;
  readonly instanceType?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly nodeGroup?: string;
  readonly nodeGroupKind?: NodeGroupKind;
  readonly autoMode: boolean;
}

/** What is read for it, beside labels and the kernel log. */
export interface IdentityFiles {
  instanceId?: string;
  region?: string;
  cluster?: string;
  /** Whether the last line of the kubeconfig was the option that names the cluster. */
  isNext: boolean;
}

export function newIdentityFiles(): IdentityFiles {
  return { isNext: false };
}

export function takeInstanceId(files: IdentityFiles, line: string): void {
  const [id] = /^i-[0-9a-f]{8,17}$/.exec(line.trim()) ?? [];
  if (id !== undefined) files.instanceId ??= id;
}

export function takeRegion(files: IdentityFiles, line: string): void {
  const [region] = /^[a-z]{2}(-[a-z]{2,10}){1,3}-\d{1,2}$/.exec(line.trim()) ?? [];
  if (region !== undefined) files.region ??= region;
}

/** Takes a line of the kubelet's kubeconfig: the arguments of what gets a token, one on each line. */
export function takeKubeconfig(files: IdentityFiles, line: string): void {
  const [, word = ''] = /^ *- "?([\w./-]{1,100})"?$/.exec(line.slice(0, 200)) ?? [];
  if (files.isNext && isName(word)) files.cluster ??= word;
  files.isNext = ['-i', '--cluster-id', '--cluster-name'].includes(word);
}

function isName(word: string): boolean {
  return /^[A-Za-z0-9][\w-]{0,99}$/.test(word);
}

/** Labels that name a group of nodes, and who made it. */
const groupLabels: readonly (readonly [string, NodeGroupKind])[] = [
  ['eks.amazonaws.com/nodegroup', 'managed'],
  ['alpha.eksctl.io/nodegroup-name', 'auto-scaling-group'],
  ['karpenter.sh/nodepool', 'karpenter'],
];

/** Puts together whose bundle it is. */
export function identityOf(
  files: IdentityFiles,
  labels: ReadonlyMap<string, string>,
  more: Pick<BundleIdentity, 'autoMode' | 'instanceType'>,
): BundleIdentity {
  const { instanceId, region } = files;
  const isAuto = more.autoMode || labels.get('eks.amazonaws.com/compute-type') === 'auto';
  const group = groupLabels.find(([label]) => isName(labels.get(label) ?? ''));
  const cluster = files.cluster ?? labels.get('alpha.eksctl.io/cluster-name');
  return present({
    ...{ instanceId, region, instanceType: more.instanceType, autoMode: isAuto },
    cluster: cluster !== undefined && isName(cluster) ? cluster : undefined,
    nodeGroup: group && labels.get(group[0]),
    nodeGroupKind: isAuto ? ('auto-mode' as const) : group?.[1],
  });
}
