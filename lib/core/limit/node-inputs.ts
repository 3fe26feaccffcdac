import type { KubeProxy, NodeFacts } from '../node/snapshot.js';
import type { LimitInputs, NodeOs } from './expected-limit.js';
import { isKernelRelease } from './kernel-default.js';
import { present } from '../text/present.js';
import { rememberedParts } from '../text/remembered.js';

/** Nodes alike have the same inputs, and not only equal ones: what the model makes of them is remembered. */
const theSame = rememberedParts(
  ([
    usableBytes,
    nominalMiB,
    vcpus,
    kernel,
    os,
    kubeProxy,
    maxPerCore,
    min,
  ]: Parts): LimitInputs => ({
    memory: usableBytes === undefined ? { nominalMiB: nominalMiB ?? 0 } : { usableBytes },
    vcpus,
    kernel,
    os,
    ...present({ kubeProxy, maxPerCore, min }),
  }),
);

type Parts = readonly [
  usableBytes: number | undefined,
  nominalMiB: number | undefined,
  vcpus: number,
  kernel: string,
  os: NodeOs,
  kubeProxy: string | undefined,
  maxPerCore: number | undefined,
  min: number | undefined,
];

/**
 * The model's inputs from the facts of a node. Undefined if memory, vCPUs, kernel or OS are unknown; an
 * unknown kube-proxy stays unknown in the inputs.
 */
export function limitInputsOf(facts: NodeFacts): LimitInputs | undefined {
  const vcpus = facts.vcpus ?? facts.shape?.vcpus;
  if (vcpus === undefined || !isHost(facts)) return undefined;
  const { kernel, os, memory, kubeProxy = UNKNOWN } = facts;
  const usableBytes = memory?.totalBytes;
  const nominalMiB = usableBytes === undefined ? facts.shape?.memoryMiB : undefined;
  const { version, maxPerCore, min } = kubeProxy;
  return theSame([usableBytes, nominalMiB, vcpus, kernel, nodeOsOf(os), version, maxPerCore, min]);
}

const UNKNOWN: Partial<KubeProxy> = {};

function isHost(facts: NodeFacts): facts is NodeFacts & Required<Pick<NodeFacts, 'kernel' | 'os'>> {
  const { kernel, os } = facts;
  if (kernel === undefined || os === undefined || !isKernelRelease(kernel)) return false;
  return (facts.memory ?? facts.shape) !== undefined;
}

/** The OS by the `ID` and `VERSION_ID` of its os-release. */
export function nodeOsOf({ id, version }: { id: string; version?: string }): NodeOs {
  if (id === 'bottlerocket' || id === 'ubuntu') return id;
  if (id === 'amzn' && version === '2') return 'al2';
  return id === 'amzn' && version === '2023' ? 'al2023' : 'other';
}
