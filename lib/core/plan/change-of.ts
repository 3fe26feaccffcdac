import type { Effect } from '../judge/finding.js';
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
  const said = weighed.weigh(remedy, finding, snapshot);
  if (said?.helps !== true) return undefined;
  const { limit } = said.predicted;
  const max = snapshot.facts.table?.max;
  const change = present({
    limit: limit === max ? undefined : limit,
    left: limit === max ? leftOf(remedy, finding, snapshot, weighed, said.predicted) : undefined,
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
  remedy: Remedy,
  finding: Member['finding'],
  snapshot: Snapshot,
  weighed: WeighedNodes,
  predicted: Effect,
): Left | undefined {
  const facts = calm(snapshot.facts);
  const own = weighed.weighAs(remedy, finding, snapshot, facts)?.predicted ?? {};
  const most = shareLeft(own.usage, facts, weighed);
  if (most === undefined || most >= 1) return undefined;
  const told = shareLeft(predicted.usage, snapshot.facts, weighed);
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
  { policy }: WeighedNodes,
): number | undefined {
  const { usage: now = 0 } = usageOf(facts.table?.max, facts, policy);
  return usage === undefined || now === 0 ? undefined : usage / now;
}

/** What another size of its family makes of a node that is launched as this one is. Nothing where it would lower its limit. */
export function changeByShape({ node, facts }: Snapshot, type: InstanceShape): Change | undefined {
  if (familyOf(node.instanceType) !== familyOf(type.instanceType)) return undefined;
  const shape = halved(facts) ? withHalf(type) : type;
  const limit = expectedLimitOnShape(facts, shape);
  if (limit === undefined || limit < (facts.table?.max ?? 0)) return undefined;
  const memory = { totalBytes: usableMemoryBytes(shape.memoryMiB) };
  return { limit, facts: (now) => ({ ...now, shape: type, vcpus: shape.vcpus, memory }) };
}

function familyOf(instanceType: string): string {
  return instanceType.split('.')[0] ?? instanceType;
}
