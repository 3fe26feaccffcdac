import type { InstanceShape } from '../fleet.js';
import { count } from '../format.js';
import { afterShrinkingUpgrade, expectedLimitOnShape, expectedNodeLimit } from '../node-limit.js';
import type { Case, Remedy, Weighed } from '../remedy.js';
import type { NodeFacts } from '../snapshot.js';
import { peakEntries, wantedLimit } from '../sizing.js';

/**
 * Names the smallest larger size of the same family whose limit suffices under this node's
 * kube-proxy, and says so when no size, or not the memory, would change anything.
 */
export const resizeInstance: Remedy = {
  id: 'resize-instance',
  title: 'Use a larger instance of the same family',
  answers: [
    'table-pressure',
    'table-drops',
    'limit-unexpected',
    'limit-not-durable',
    'limit-shrinks-on-upgrade',
  ],

  assess(weighed) {
    const { facts, policy, rule } = weighed;
    const peak = peakEntries(facts, policy);
    if (peak === undefined || facts.table === undefined) return undefined;
    if (facts.kubeProxy === undefined) return undecided();
    if (rule === 'limit-unexpected') return setByHand(weighed);

    const upgraded = rule === 'limit-shrinks-on-upgrade';
    const under = upgraded ? { ...weighed, facts: afterShrinkingUpgrade(facts) } : weighed;
    const least = rule === 'limit-not-durable' || upgraded ? facts.table.max : facts.table.max + 1;
    const wanted = Math.max(wantedLimit(peak, policy), least);
    const larger = largerSizes(under);
    const fit = larger.find((shape) => (expectedLimitOnShape(under.facts, shape) ?? 0) >= wanted);
    return fit === undefined
      ? noSize(under, larger, peak, wanted)
      : resized(under, fit, larger, peak);
  },
};

/** What sets the limit of this node by hand sets that of a larger one as well. */
function setByHand({ facts, instanceType }: Case): Weighed {
  const limit = count(expectedNodeLimit(facts) ?? 0);
  return {
    helps: false,
    reason: `${instanceType} would have ${limit} if nothing else set it, and what sets it would do so on a larger size too`,
    predicted: {},
    steps: [],
  };
}

function undecided(): Weighed {
  return {
    helps: null,
    reason: 'the version of kube-proxy is not known, and it decides what a larger size would get',
    predicted: {},
    steps: [],
  };
}

/** Sizes of the family with more vCPU or memory, smallest first. */
function largerSizes({ instanceType, facts, shapes }: Case): InstanceShape[] {
  const family = instanceType.split('.')[0] ?? instanceType;
  const vcpus = facts.shape?.vcpus ?? facts.vcpus ?? 0;
  const memoryMiB = facts.shape?.memoryMiB ?? (facts.memory?.totalBytes ?? 0) / 1024 ** 2;
  return shapes
    .filter((shape) => shape.instanceType.startsWith(`${family}.`))
    .filter(({ architecture }) => architecture === (facts.shape?.architecture ?? architecture))
    .filter((shape) => shape.vcpus > vcpus || shape.memoryMiB > memoryMiB)
    .sort((a, b) => a.vcpus - b.vcpus || a.memoryMiB - b.memoryMiB || sizeOrder(a, b));
}

/** `metal` last among equals: it is the larger step for an operator. */
function sizeOrder(a: InstanceShape, b: InstanceShape): number {
  return a.instanceType.length - b.instanceType.length;
}

function noSize(
  { facts, instanceType }: Case,
  larger: InstanceShape[],
  peak: number,
  wanted: number,
): Weighed {
  const last = larger.at(-1);
  if (last === undefined) {
    return {
      helps: false,
      reason: `no larger size of the family of ${instanceType} is known`,
      predicted: {},
      steps: [],
    };
  }
  const limit = expectedLimitOnShape(facts, last) ?? facts.table?.max ?? 0;
  return {
    helps: false,
    reason: `even ${last.instanceType} would have ${count(limit)}, and the load asks for ${count(wanted)}`,
    predicted: { limit, usage: peak / limit },
    steps: [],
  };
}

function resized(
  { facts, instanceType }: Case,
  fit: InstanceShape,
  larger: InstanceShape[],
  peak: number,
): Weighed {
  const limit = expectedLimitOnShape(facts, fit) ?? 0;
  const idle = larger.slice(0, larger.indexOf(fit)).map((shape) => shape.instanceType);
  const useless = idle.length === 0 ? '' : `; ${idle.join(', ')} would not be enough`;
  return {
    helps: true,
    reason: `${fit.instanceType} (${count(fit.vcpus)} vCPU) gets ${count(limit)} from kube-proxy ${facts.kubeProxy?.version ?? ''}${useless}${memoryText(facts)}`,
    predicted: { instanceType: fit.instanceType, limit, usage: peak / limit },
    steps: [
      `set the instance type of the node group to ${fit.instanceType} (now ${instanceType}) and roll its nodes`,
      'undo: set the type back and roll the nodes again',
      `proof: the next audit reads a limit of ${count(limit)} on the new nodes`,
    ],
  };
}

/** Says so where memory is not what binds, as that is what people buy first. */
function memoryText(facts: NodeFacts): string {
  const { shape } = facts;
  if (shape === undefined) return '';
  const now = expectedLimitOnShape(facts, shape);
  const richer = expectedLimitOnShape(facts, { ...shape, memoryMiB: shape.memoryMiB * 64 });
  if (now === undefined || richer !== now) return '';
  return `; more memory with ${count(shape.vcpus)} vCPU leaves the limit at ${count(now)}`;
}
