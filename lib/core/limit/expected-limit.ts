import { AUTOMATIC_LIMIT_CAP, eraOf, type Era, type EraId } from './era.js';
import { kernelDefault, usableMemoryBytes } from './kernel-default.js';
import { defaultConntrack, kubeProxyTarget, type KubeProxyConntrack } from './kube-proxy-target.js';
import type { KubeProxyTarget } from './kube-proxy-target.js';
import { rememberedOf } from '../text/remembered.js';

/** Operating systems that treat the limit differently, or come with different kernels. */
export const nodeOses = ['al2', 'al2023', 'bottlerocket', 'ubuntu', 'other'] as const;
export type NodeOs = (typeof nodeOses)[number];

/** Memory as the node reports it (`MemTotal`), or as EC2 sells it, which makes it an estimate. */
export type Memory = { readonly usableBytes: number } | { readonly nominalMiB: number };

/** Everything that decides a node's limit, unless somebody sets it by hand. */
export interface LimitInputs {
  readonly memory: Memory;
  readonly vcpus: number;
  /** `uname -r`; at least `major.minor`. */
  readonly kernel: string;
  readonly os: NodeOs;
  /** `1.31`, `v1.31.2-eksbuild.5`, or `none` if no kube-proxy runs. Absent: unknown. */
  readonly kubeProxy?: string | undefined;
  /** Absent: what EKS ships, 32,768. */
  readonly maxPerCore?: number | undefined;
  /** Absent: what EKS ships, 131,072. */
  readonly min?: number | undefined;
}

export type BoundBy = 'kernel' | 'bottlerocket' | KubeProxyTarget['boundBy'];

/** The parts of a limit, whether or not one can be expected. */
interface Ingredients {
  readonly kernelDefault: number;
  readonly kernelDefaultBuckets: number;
  /** The limit before kube-proxy starts: the kernel default, or what Bottlerocket sets. */
  readonly boots: number;
  /** What kube-proxy computes. Absent: it leaves the limit alone, does not run, or its version matters and is unknown. */
  readonly kubeProxyTarget?: number;
}

/** The limit that a node should have. */
export interface KnownLimit extends Ingredients {
  readonly expected: number;
  /** In 1.36 and 1.37, if the patch release only raises the limit; absent if that changes nothing. */
  readonly orElse?: number;
  /** What decides `expected`; if two give the same, the one that kube-proxy computes. */
  readonly boundBy: BoundBy;
  readonly era: EraId;
}

/** No limit is expected if the kube-proxy version is unknown. */
export interface UnknownLimit extends Ingredients {
  readonly expected?: undefined;
  readonly orElse?: undefined;
  readonly boundBy?: undefined;
  readonly era?: undefined;
}

export type ExpectedLimit = KnownLimit | UnknownLimit;

/** @see https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/develop/packages/release/release-sysctl.conf */
export const BOTTLEROCKET_BOOT_LIMIT = 1_048_576;

/** Predicts the limit. Fails if `kernel` does not begin with `major.minor`. */
export const expectedLimit = rememberedOf((inputs: LimitInputs): ExpectedLimit => {
  const era = eraOf(inputs.kubeProxy);
  return era === undefined ? ingredientsOf(inputs, undefined) : limitUnder(inputs, era);
});

/** Predicts the limit under an era, whatever version the inputs name. Fails as `expectedLimit` does. */
export function limitUnder(inputs: LimitInputs, era: Era): KnownLimit {
  const ingredients = ingredientsOf(inputs, era);
  const target = targetOf(inputs, era);
  const { limit: expected, ...orElse } = limitAfterStart(era, target?.limit, ingredients.boots);
  const boundBy = expected === target?.limit ? target.boundBy : bootBinds(inputs.os);
  return { ...ingredients, expected, ...orElse, boundBy, era: era.id };
}

function ingredientsOf(inputs: LimitInputs, era: Era | undefined): Ingredients {
  const { max, buckets } = kernelDefault(usableBytes(inputs.memory), inputs.kernel);
  const target = targetOf(inputs, era);
  return {
    kernelDefault: max,
    kernelDefaultBuckets: buckets,
    boots: inputs.os === 'bottlerocket' ? BOTTLEROCKET_BOOT_LIMIT : max,
    ...(target === undefined ? {} : { kubeProxyTarget: target.limit }),
  };
}

/** The limit after kube-proxy starts on a node that had another one. */
export interface LimitAfterStart {
  readonly limit: number;
  /** As in `KnownLimit`. */
  readonly orElse?: number;
}

/**
 * What the next start of kube-proxy makes of a node's present limit. Undefined if its version is unknown.
 * A reboot is another matter: it begins with `boots`, and whatever sysctl.d then sets.
 */
export function limitAfterRestart(inputs: LimitInputs, now: number): LimitAfterStart | undefined {
  const era = eraOf(inputs.kubeProxy);
  return era && limitAfterStart(era, targetOf(inputs, era)?.limit, now);
}

function limitAfterStart(era: Era, target: number | undefined, before: number): LimitAfterStart {
  if (target === undefined) return { limit: before };
  const raised = Math.max(before, target);
  if (era.writes === 'raises-only') return { limit: raised };
  const fixMatters = era.writes === 'exact-or-raises-only' && raised !== target;
  return { limit: target, ...(fixMatters ? { orElse: raised } : {}) };
}

/** What kube-proxy computes under an era; under an unknown one, what every era computes. */
export function targetOf(inputs: LimitInputs, era: Era | undefined): KubeProxyTarget | undefined {
  if (era?.writes === 'never') return undefined;
  const target = kubeProxyTarget(inputs.vcpus, conntrackOf(inputs), era?.cap);
  if (era !== undefined) return target;
  const capped = kubeProxyTarget(inputs.vcpus, conntrackOf(inputs), AUTOMATIC_LIMIT_CAP);
  return capped?.limit === target?.limit ? target : undefined;
}

function bootBinds(os: NodeOs): BoundBy {
  return os === 'bottlerocket' ? 'bottlerocket' : 'kernel';
}

/** The kube-proxy configuration of these inputs; EKS's values fill the gaps. */
export function conntrackOf({ maxPerCore, min }: LimitInputs): KubeProxyConntrack {
  return {
    maxPerCore: maxPerCore ?? defaultConntrack.maxPerCore,
    min: min ?? defaultConntrack.min,
  };
}

/** Memory as the kernel counts it, estimated if only the nominal size is known. */
export function usableBytes(memory: Memory): number {
  return 'usableBytes' in memory ? memory.usableBytes : usableMemoryBytes(memory.nominalMiB);
}
