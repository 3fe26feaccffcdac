import type { InstanceShape } from '../node/fleet.js';
import { present } from '../text/present.js';
import { assumedKernel } from './assumed-kernel.js';
import type { Era } from './era.js';
import type { LimitInputs } from './expected-limit.js';
import { bundledShapesInfo, findShape } from './instance-shapes.js';
import { kubeProxyVersion, type GivenKubeProxy } from './limit-fields.js';
import { nearTypes } from './near-types.js';
import { upgradePath } from './upgrade-path.js';

/** A house choice: an answer that uses it names it. */
export const ASSUMED_KUBE_PROXY = '1.35';

/** A question to the limit model: what to predict, and which parts are assumed. */
export interface LimitQuestion {
  readonly inputs: LimitInputs;
  /** The era of the inputs' kube-proxy. */
  readonly era: Era;
  /** Absent if vCPUs and memory were given. */
  readonly instanceType?: InstanceShape['instanceType'];
  readonly memoryMiB: number;
  /** `kube-proxy 1.35 (--kube-proxy)`: the assumption, and the option that replaces it. */
  readonly assumed: readonly string[];
  /** The same question about other types. */
  readonly compared?: readonly LimitQuestion[];
  /** The last minor of the upgrades; without it, the last with a known rule. */
  readonly upgradeTo?: number;
}

/** What people say of a node when they ask for its limit. */
export interface LimitAsked extends Pick<LimitInputs, 'os' | 'maxPerCore' | 'min'> {
  readonly vcpus?: number;
  readonly kubeProxy?: GivenKubeProxy;
  readonly kernel?: string;
  /** In MiB, of so many GiB that were given. */
  readonly memoryGib?: number;
  readonly compare?: readonly string[];
  readonly upgradeTo?: number;
}

/** A size of EC2, or one that somebody made up. */
export interface Size {
  readonly instanceType?: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
}

/** The whole question, or a sentence that says what is wrong with it. */
export function askedQuestion(type: string | undefined, asked: LimitAsked): LimitQuestion | string {
  const size = sizeOf(type, asked);
  if (typeof size === 'string') return size;
  const others = (asked.compare ?? []).map((other) => findShape(other) ?? unknownType(other));
  const unknown = others.find((other) => typeof other === 'string');
  if (unknown !== undefined) return unknown;
  const question = questionOf(size, asked);
  const { upgradeTo } = asked;
  if (upgradeTo !== undefined && upgradePath(question.inputs, upgradeTo).length === 0)
    return `--upgrade-to should be a minor after kube-proxy ${question.inputs.kubeProxy ?? ''}, got 1.${upgradeTo}`;
  const compared = others.flatMap((other) =>
    typeof other === 'string' ? [] : [questionOf(other, asked)],
  );
  return { ...question, compared, ...present({ upgradeTo }) };
}

/** The size in question, or a sentence that says what is wrong. */
function sizeOf(
  type: string | undefined,
  { vcpus, memoryGib }: Pick<LimitAsked, 'vcpus' | 'memoryGib'>,
): Size | string {
  const wanted = 'give an instance type, or both --vcpus and --memory-gib';
  if (type === undefined) {
    if (vcpus === undefined || memoryGib === undefined) return wanted;
    return { vcpus, memoryMiB: memoryGib };
  }
  if (vcpus !== undefined || memoryGib !== undefined) return `${wanted}, not a mixture`;
  return findShape(type) ?? unknownType(type);
}

function unknownType(type: string): string {
  const near = nearTypes(type);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  const { count, generatedOn } = bundledShapesInfo;
  return `unknown instance type '${type}'${meant}\n${count} types of ${generatedOn} are known here; for another, give --vcpus and --memory-gib`;
}

/** The question about one size, with what is assumed where nobody said otherwise. */
export function questionOf(size: Size, asked: LimitAsked): LimitQuestion {
  const { os, maxPerCore, min } = asked;
  const { text: kubeProxy, era } = asked.kubeProxy ?? kubeProxyVersion(ASSUMED_KUBE_PROXY);
  const kernel = asked.kernel ?? assumedKernel(os, kubeProxy);
  const { vcpus, memoryMiB, instanceType } = size;
  const memory = { nominalMiB: memoryMiB };
  const inputs = { memory, vcpus, kernel, os, kubeProxy, maxPerCore, min };
  const assumed = [
    ...(asked.kubeProxy === undefined ? [`kube-proxy ${kubeProxy} (--kube-proxy)`] : []),
    ...(asked.kernel === undefined ? [`kernel ${kernel} (--kernel)`] : []),
    'usable memory of 93% of what EC2 sells',
  ];
  return {
    inputs,
    era,
    memoryMiB,
    assumed,
    ...(instanceType === undefined ? {} : { instanceType }),
  };
}
