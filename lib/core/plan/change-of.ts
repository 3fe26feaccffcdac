import type { Bound } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import { expectedLimitOnShape } from '../limit/node-limit.js';
import { usableMemoryBytes } from '../limit/kernel-default.js';
import { dnsShare } from '../measure/dns-share.js';
import { together, waitingEntries } from '../measure/waiting-entries.js';
import type { InstanceShape } from '../node/fleet.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { halved, withHalf } from '../remedies/shared/launched-alike.js';
import { usageOf, wasFull } from '../remedies/shared/sizing.js';
import { present } from '../text/present.js';
import type { Change, Left, Member, Part } from './candidate.js';
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

type Weigh = (facts: NodeFacts) => Weighed | undefined;

/** The same where somebody weighs it otherwise. */
function changeOfRemedy(
  remedy: Remedy,
  snapshot: Snapshot,
  policy: Policy,
  weigh: Weigh,
): Change | undefined {
  const said = weigh(snapshot.facts);
  return said?.helps === true ? changeAsSaid(remedy, said, snapshot, policy, weigh) : undefined;
}

/** The same of a remedy that is not known to help, and whose effect is. */
export function changeAsSaid(
  remedy: Remedy,
  said: Weighed,
  { facts }: Snapshot,
  policy: Policy,
  weigh: Weigh,
): Change | undefined {
  const { limit } = said.predicted;
  const isSame = limit === facts.table?.max;
  const set = settings[remedy.id];
  const change = present({
    limit: isSame ? undefined : limit,
    left: isSame ? leftOf(remedy, facts, policy, weigh) : undefined,
    sets: set && [set(said.steps)],
  });
  return Object.keys(change).length === 0 ? undefined : change;
}

/** Which entries a remedy is about. */
const parts: Readonly<Record<string, Part['of']>> = {
  'node-local-dns-cache': 'lookups',
  'lower-ndots': 'lookups',
  'shorten-udp-timeout': 'lookups',
  'shorten-timeouts': 'waiting',
};

function partOf({ id }: Remedy, facts: NodeFacts): Part | undefined {
  const of = parts[id];
  if (of === undefined) return undefined;
  const shares = waitingEntries(facts).map(({ entries }) => entries);
  const known = of === 'lookups' ? dnsShare(facts) : together(shares);
  return { of, share: known?.share ?? 0 };
}

/**
 * The bound of what a table that was full is said to use is that of its load. What the remedy itself leaves
 * open is what it says of the same table as if it had not been full.
 */
function leftOf(remedy: Remedy, facts: NodeFacts, policy: Policy, weigh: Weigh): Left | undefined {
  const told = shareLeft(roomy(facts), policy, weigh);
  const own = wasFull(facts, policy) ? shareLeft(roomy(calm(facts)), policy, weigh) : told;
  if (own === undefined || (own.share >= 1 && own.bound !== 'at most')) return undefined;
  return present({
    ...between(own, told),
    margin: own.margin === 0 ? undefined : own.margin,
    part: partOf(remedy, facts),
  });
}

function between(own: Told, told: Told | undefined): Pick<Left, 'least' | 'most'> {
  const most = Math.min(1, own.share);
  if (own.bound === 'at least') return { least: told?.share ?? most, most: 1 };
  if (own.bound === undefined) return { least: Math.min(told?.share ?? most, most), most };
  return told?.bound === 'at least' ? { least: told.share, most } : { most };
}

/** Where more entries are counted than the limit allows, the usage that a remedy tells ends at the limit. */
function roomy(facts: NodeFacts): NodeFacts {
  const { table } = facts;
  if (table === undefined || table.entries <= table.max) return facts;
  return { ...facts, table: { ...table, max: table.entries } };
}

interface Told {
  readonly share: number;
  readonly margin: number;
  readonly bound: Bound | undefined;
}

function shareLeft(facts: NodeFacts, policy: Policy, weigh: Weigh): Told | undefined {
  const { usage, usageMargin = 0, bound } = weigh(facts)?.predicted ?? {};
  const { usage: now = 0 } = usageOf(facts.table?.max, facts, policy);
  if (usage === undefined || now === 0) return undefined;
  return { share: usage / now, margin: usageMargin / now, bound };
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
  return { limit, sets: [{ shape: () => type, vcpus: () => shape.vcpus, memory: () => memory }] };
}

function familyOf(instanceType: string): string {
  return instanceType.split('.')[0] ?? instanceType;
}
