import type { InstanceShape } from '../../node/fleet.js';
import type { Case } from '../../judge/remedy.js';
import type { NodeFacts } from '../../node/snapshot.js';

/**
 * Whether SMT is off: the node has half the vCPUs of its type, and a larger size, launched alike, too. What
 * Graviton has, which knows no SMT, is all that the type has.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html
 */
export function halved({ vcpus, shape, threadsPerCore = 1 }: NodeFacts): boolean {
  if (vcpus === undefined || shape === undefined) return false;
  return threadsPerCore === 1 && vcpus * 2 === shape.vcpus;
}

export function withHalf(shape: InstanceShape): InstanceShape {
  return { ...shape, vcpus: Math.max(1, Math.floor(shape.vcpus / 2)) };
}

/**
 * What the sizes have when they are launched as this node is. Nothing where it has another number of vCPUs
 * than its type and SMT is not the reason: then the number itself may be what is set.
 */
export function launchedAlike({
  facts,
}: Case): ((shapes: readonly InstanceShape[]) => InstanceShape[]) | undefined {
  const { vcpus, shape } = facts;
  if (halved(facts)) return (shapes) => shapes.map(withHalf);
  if (vcpus !== undefined && shape !== undefined && vcpus < shape.vcpus) return undefined;
  return (shapes) => [...shapes];
}
