import type { NodeFacts } from '../node/snapshot.js';
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
  ...MemoryParts,
  vcpus: number,
  kernel: string,
  os: NodeOs,
  ...KubeProxyParts,
];

type MemoryParts = readonly [usableBytes: number | undefined, nominalMiB: number | undefined];

type KubeProxyParts = readonly [
  version: string | undefined,
  maxPerCore: number | undefined,
  min: number | undefined,
];

/**
 * The model's inputs from the facts of a node. Undefined if memory, vCPUs, kernel or OS are unknown; an
 * unknown kube-proxy stays unknown in the inputs.
 */
export function limitInputsOf(facts: NodeFacts): LimitInputs | undefined {
  const { kernel, os, kubeProxy } = facts;
  const vcpus = facts.vcpus ?? facts.shape?.vcpus;
  const memory = memoryOf(facts);
  if (memory === undefined || vcpus === undefined || os === undefined) return undefined;
  if (kernel === undefined || !isKernelRelease(kernel)) return undefined;
  return theSame([...memory, vcpus, kernel, nodeOsOf(os), ...kubeProxyOf(kubeProxy)]);
}

function memoryOf(facts: NodeFacts): MemoryParts | undefined {
  if (facts.memory !== undefined) return [facts.memory.totalBytes, undefined];
  return facts.shape === undefined ? undefined : [undefined, facts.shape.memoryMiB];
}

function kubeProxyOf(told: NodeFacts['kubeProxy']): KubeProxyParts {
  return [told?.version, told?.maxPerCore, told?.min];
}

/** The OS by the `ID` and `VERSION_ID` of its os-release. */
export function nodeOsOf({ id, version }: { id: string; version?: string }): NodeOs {
  if (id === 'bottlerocket' || id === 'ubuntu') return id;
  if (id === 'amzn' && version === '2') return 'al2';
  return id === 'amzn' && version === '2023' ? 'al2023' : 'other';
}
