import type { InstanceShape } from '../node/fleet.js';
import { count, percent, plural } from '../text/format.js';
import {
  afterShrinkingUpgrade,
  expectedLimitOnShape,
  expectedNodeLimit,
} from '../limit/node-limit.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import type { NodeFacts } from '../node/snapshot.js';
import { halved, launchedAlike, withHalf } from './shared/launched-alike.js';
import { certainlyPending } from './shared/pending-limit.js';
import { rollTo } from './shared/provisioner.js';
import { peakEntries, usageOf, wantedLimit } from './shared/sizing.js';

/**
 * Names the smallest larger size of the same family whose limit suffices under this node's
 * kube-proxy, and says so when no size, or not the memory, would change anything.
 */
export const resizeInstance: Remedy = {
  id: 'resize-instance',
  title: 'Use a larger instance of the same family',
  reach: 'node-group',
  answers: ['room', 'limit', 'ec2'],
  alsoAnswers: {
    'hot-node': 'people buy a larger type for one node',
  },
  leavesAlone: {
    'policy-table': 'the agent has the same table on each size',
    'vpc-idle-timeout': 'the timeout is the same on each size',
  },

  assess(weighed) {
    const beside = besideTheTable[weighed.rule];
    if (beside !== undefined) return beside(weighed);
    const { facts, policy, rule } = weighed;
    const peak = peakEntries(facts, policy);
    if (peak === undefined || facts.table === undefined) return undefined;
    if (facts.kubeProxy === undefined) return undecided();
    if (rule === 'limit-unexpected') return setByHand(weighed);

    const { max } = facts.table;
    const upgraded = rule === SHRINKS;
    const under = upgraded ? { ...weighed, facts: afterShrinkingUpgrade(facts) } : weighed;
    const least = rule === 'limit-not-durable' || upgraded ? max : max + 1;
    return smallest(under, Math.max(wantedLimit(peak, policy), least));
  },
};

const SHRINKS = 'limit-shrinks-on-upgrade';

/** The smallest larger size whose limit suffices, launched as this node is. */
function smallest(weighed: Case, wanted: number): Weighed {
  const { facts } = weighed;
  const pending = certainlyPending(facts);
  if (pending >= wanted) return configured(weighed, pending);
  const launched = launchedAlike(weighed);
  if (launched === undefined) return unlikeItsType(weighed);
  const larger = launched(largerSizes(weighed));
  const fit = larger.find((shape) => (expectedLimitOnShape(facts, shape) ?? 0) >= wanted);
  return fit === undefined ? noSize(weighed, larger, wanted) : resized(weighed, fit, larger);
}

/** Rules whose findings are not about the limit that a larger size would have. */
const besideTheTable: Readonly<Record<string, (weighed: Case) => Weighed>> = {
  'allowance-exceeded': moreAllowance,
  'allowance-low': moreAllowance,
  'link-local-exceeded': () => ({
    helps: false,
    reason:
      'EC2 takes 1,024 packets a second for the resolver, metadata and time from each network interface, whatever the size',
    predicted: {},
    steps: [],
  }),
  'hot-node': oneOfMany,
};

/**
 * What EC2 tracks grows with the size, by a rule that it does not publish: no number is promised.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
function moreAllowance(weighed: Case): Weighed {
  const { instanceType } = weighed;
  const next = weighed.facts.shape === undefined ? undefined : largerSizes(weighed)[0];
  if (next === undefined) return noneKnown(instanceType);
  return {
    helps: true,
    reason: `EC2 tracks more connections on a larger size, and does not publish how many; after ${instanceType} comes ${next.instanceType}`,
    predicted: { instanceType: next.instanceType },
    steps: [
      ...rollTo(next.instanceType, instanceType, weighed.nodeGroupKind),
      'proof: on the new nodes conntrack_allowance_available of ethtool -S is higher, and conntrack_allowance_exceeded stays 0',
    ],
  };
}

/** A type is that of the whole group, and this node is not like its group. */
function oneOfMany({ group, nodeGroup }: Case): Weighed {
  return {
    helps: false,
    reason: `the type is that of all ${plural(group.nodes, 'node')} of ${nodeGroup}, and the middle one of them uses ${percent(group.medianUsage)}: a larger one would be paid for by all, for one`,
    predicted: {},
    steps: [],
  };
}

function noneKnown(instanceType: string): Weighed {
  return {
    helps: false,
    reason: `no larger size of the family of ${instanceType} is known`,
    predicted: {},
    steps: [],
  };
}

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

/** kube-proxy is configured to set as much on this very type, and only has to start. */
function configured({ facts, policy, instanceType }: Case, limit: number): Weighed {
  return {
    helps: false,
    reason: `kube-proxy is configured to set ${count(limit)} on ${instanceType} already, and has not started since`,
    predicted: usageOf(limit, facts, policy),
    steps: [],
  };
}

function unlikeItsType({ facts, instanceType }: Case): Weighed {
  const { vcpus = 0, shape } = facts;
  return {
    helps: null,
    reason: `this node has ${count(vcpus)} of the ${count(shape?.vcpus ?? 0)} vCPU of ${instanceType}, and what a larger size launched alike would have is not known`,
    predicted: {},
    steps: [],
  };
}

function noSize(
  { facts, policy, instanceType }: Case,
  larger: InstanceShape[],
  wanted: number,
): Weighed {
  const last = larger.at(-1);
  if (last === undefined) return noneKnown(instanceType);
  const limit = expectedLimitOnShape(facts, last) ?? facts.table?.max ?? 0;
  return {
    helps: false,
    reason: `even ${last.instanceType} would have ${count(limit)}, and the load asks for ${count(wanted)}`,
    predicted: usageOf(limit, facts, policy),
    steps: [],
  };
}

function resized(weighed: Case, fit: InstanceShape, larger: InstanceShape[]): Weighed {
  const { facts, policy, instanceType, nodeGroupKind } = weighed;
  const limit = expectedLimitOnShape(facts, fit) ?? 0;
  const idle = larger.slice(0, larger.indexOf(fit)).map((shape) => shape.instanceType);
  const useless = idle.length === 0 ? '' : `; ${idle.join(', ')} would not be enough`;
  return {
    helps: true,
    reason: `${fit.instanceType} (${count(fit.vcpus)} vCPU${halved(facts) ? ', launched with one thread a core as this node is' : ''}) gets ${count(limit)} from kube-proxy ${facts.kubeProxy?.version ?? ''}${useless}${memoryText(facts)}`,
    predicted: { instanceType: fit.instanceType, ...usageOf(limit, facts, policy) },
    steps: [
      ...rollTo(fit.instanceType, instanceType, nodeGroupKind),
      `proof: the next audit reads a limit of ${count(limit)} on the new nodes`,
    ],
  };
}

/** Says so where memory is not what binds, as that is what people buy first. */
function memoryText(facts: NodeFacts): string {
  if (facts.shape === undefined) return '';
  const shape = halved(facts) ? withHalf(facts.shape) : facts.shape;
  const now = expectedLimitOnShape(facts, shape);
  const richer = expectedLimitOnShape(facts, { ...shape, memoryMiB: shape.memoryMiB * 64 });
  if (now === undefined || richer !== now) return '';
  return `; more memory with ${count(shape.vcpus)} vCPU leaves the limit at ${count(now)}`;
}
