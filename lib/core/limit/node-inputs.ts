import type { NodeFacts } from '../node/snapshot.js';
import type { LimitInputs, Memory, NodeOs } from './expected-limit.js';
import { isKernelRelease } from './kernel-default.js';
import { remembered, rememberedOf } from '../text/remembered.js';

/** Nodes alike have the same inputs, and not only equal ones: what the model makes of them is remembered. */
const theSame = remembered((key: string) => JSON.parse(key) as LimitInputs);

/**
 * The model's inputs from the facts of a node. Undefined if memory, vCPUs, kernel or OS are unknown; an
 * unknown kube-proxy stays unknown in the inputs.
 */
export const limitInputsOf = rememberedOf((facts: NodeFacts): LimitInputs | undefined => {
  const { kernel, os } = facts;
  const memory = memoryOf(facts);
  const vcpus = facts.vcpus ?? facts.shape?.vcpus;
  if (memory === undefined || vcpus === undefined || os === undefined) return undefined;
  if (kernel === undefined || !isKernelRelease(kernel)) return undefined;
  return theSame(
    JSON.stringify({ memory, vcpus, kernel, os: nodeOsOf(os), ...kubeProxyOf(facts) }),
  );
});

function kubeProxyOf({ kubeProxy }: NodeFacts): Partial<LimitInputs> {
  if (kubeProxy === undefined) return {};
  const { version, maxPerCore, min } = kubeProxy;
  return { kubeProxy: version, maxPerCore, min };
}

/** The OS by the `ID` and `VERSION_ID` of its os-release. */
export function nodeOsOf({ id, version }: { id: string; version?: string }): NodeOs {
  if (id === 'bottlerocket' || id === 'ubuntu') return id;
  if (id === 'amzn' && version === '2') return 'al2';
  return id === 'amzn' && version === '2023' ? 'al2023' : 'other';
}

function memoryOf(facts: NodeFacts): Memory | undefined {
  if (facts.memory !== undefined) return { usableBytes: facts.memory.totalBytes };
  return facts.shape === undefined ? undefined : { nominalMiB: facts.shape.memoryMiB };
}
