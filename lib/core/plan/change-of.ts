import type { Effect } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import { expectedLimitOnShape } from '../limit/node-limit.js';
import { usableMemoryBytes } from '../limit/kernel-default.js';
import type { InstanceShape } from '../node/fleet.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { halved, withHalf } from '../remedies/shared/launched-alike.js';
import { usageOf } from '../remedies/shared/sizing.js';
import { present } from '../text/present.js';
import type { Change, Left, Member } from './candidate.js';
import { calm } from './facts-after.js';
import { settings } from './settings.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** A larger limit, or the share of today's entries that is left: what was weighed, taken apart again. */
export function changeOf(
  remedy: Remedy,
  finding: Member['finding'],
  snapshot: Snapshot,
  weighed: WeighedNodes,
): Change | undefined {
  return changeOfRemedy(remedy, snapshot, weighed.policy, (facts) =>
    facts === snapshot.facts
      ? weighed.weigh(remedy, finding, snapshot)
      : weighed.weighAs(remedy, finding, snapshot, facts),
  );
}

/** The same where somebody weighs it otherwise. */
export function changeOfRemedy(
  remedy: Remedy,
  { facts }: Snapshot,
  policy: Policy,
  weigh: (facts: NodeFacts) => Weighed | undefined,
): Change | undefined {
  const said = weigh(facts);
  if (said?.helps !== true) return undefined;
  const { limit } = said.predicted;
  const isSame = limit === facts.table?.max;
  const change = present({
    limit: isSame ? undefined : limit,
    left: isSame ? leftOf(facts, policy, weigh, said.predicted) : undefined,
    facts: settingOf(remedy, said),
  });
  return Object.keys(change).length === 0 ? undefined : change;
}

function settingOf({ id }: Remedy, { steps }: Weighed): Change['facts'] | undefined {
  const set = settings[id];
  return set && ((facts) => set(facts, steps));
}

/**
 * The bound of what a table that was full is said to use is that of its load. What the remedy itself leaves
 * open is what it says of the same table as if it had not been full.
 */
function leftOf(
  facts: NodeFacts,
  policy: Policy,
  weigh: (facts: NodeFacts) => Weighed | undefined,
  predicted: Effect,
): Left | undefined {
  const still = calm(facts);
  const own = weigh(still)?.predicted ?? {};
  const most = shareLeft(own.usage, still, policy);
  if (most === undefined || most >= 1) return undefined;
  const told = shareLeft(predicted.usage, facts, policy);
  if (own.bound === 'at least') return { least: told ?? most, most: 1 };
  return { least: leastLeft(own, predicted, told, most), most, ...marginOf(own) };
}

function marginOf({ usage = 0, usageMargin = 0 }: Effect): Pick<Left, 'margin'> {
  return usage > 0 && usageMargin > 0 ? { margin: usageMargin / usage } : {};
}

function leastLeft(own: Effect, predicted: Effect, told: number | undefined, most: number): number {
  if (own.bound === undefined) return Math.min(told ?? most, most);
  return predicted.bound === 'at least' && told !== undefined ? told : 0;
}

function shareLeft(
  usage: number | undefined,
  facts: NodeFacts,
  policy: Policy,
): number | undefined {
  const { usage: now = 0 } = usageOf(facts.table?.max, facts, policy);
  return usage === undefined || now === 0 ? undefined : usage / now;
}

/** What another size of its family makes of a node that is launched as this one is. Nothing where it would lower its limit. */
export function changeByShape(
  { node, facts }: Snapshot,
  type: InstanceShape,
  may: 'larger' | 'whatever it is' = 'larger',
): Change | undefined {
  const isAsked = may === 'whatever it is';
  if (!isAsked && familyOf(node.instanceType) !== familyOf(type.instanceType)) return undefined;
  const shape = halved(facts) ? withHalf(type) : type;
  const limit = expectedLimitOnShape(facts, shape);
  if (limit === undefined || (!isAsked && limit < (facts.table?.max ?? 0))) return undefined;
  const memory = { totalBytes: usableMemoryBytes(shape.memoryMiB) };
  return { limit, facts: (now) => ({ ...now, shape: type, vcpus: shape.vcpus, memory }) };
}

function familyOf(instanceType: string): string {
  return instanceType.split('.')[0] ?? instanceType;
}
