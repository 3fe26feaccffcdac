import type { InstanceShape } from '../node/fleet.js';
import type { Finding } from '../judge/finding.js';
import type { Snapshot } from '../node/snapshot.js';
import { present } from '../text/present.js';
import { rememberedOf } from '../text/remembered.js';
import type { Candidate, Change, Member } from './candidate.js';
import { changeByShape, changeOf } from './change-of.js';
import { joinedReason, joinedSteps, joinedTimeouts } from './joined-timeouts.js';
import { ofLargestNumber } from './largest-number.js';
import { common, idOf, type Place } from './place.js';
import { titleOf } from './titles.js';
import type { WeighedNodes } from './weighed-nodes.js';

type Shapes = ReadonlyMap<string, InstanceShape>;

/** A remedy whose effect on each node is what it says of that node. */
export function plainCandidates(place: Place, weighed: WeighedNodes, shapes: Shapes): Candidate[] {
  return bySize(place, shapes).map((one) => plain(one, weighed, shapes));
}

interface Sized extends Place {
  readonly instanceType?: string;
}

/**
 * The place once for each type that one of its findings asks for, the smallest first, with the findings that it is
 * enough for: what something cheaper settles is not to make the instances larger.
 */
function bySize(place: Place, shapes: Shapes): Sized[] {
  const { members } = place;
  const typeOf = ({ assessment }: Member) => assessment.predicted.instanceType;
  const size = (type: string | undefined) => shapes.get(type ?? '')?.vcpus ?? 0;
  const types = [...new Set(members.flatMap((one) => typeOf(one) ?? []))];
  if (types.length === 0) return [place];
  return types
    .sort((a, b) => size(a) - size(b))
    .map((instanceType) => ({
      ...place,
      instanceType,
      members: members.filter((one) => size(typeOf(one)) <= size(instanceType)),
    }));
}

function plain(place: Sized, weighed: WeighedNodes, shapes: Shapes): Candidate {
  const { remedy, members, instanceType } = place;
  const timeouts = joinedTimeouts(members);
  return {
    ...common(place),
    id: [idOf(place), ...(instanceType === undefined ? [] : [instanceType])].join('/'),
    title: titleOf(remedy, place),
    ...present({ instanceType }),
    ...ofLargestNumber(place, weighed),
    ...(Object.keys(timeouts).length > 0 && {
      timeouts,
      reason: joinedReason(members),
      steps: joinedSteps(timeouts, place, weighed),
    }),
    change: changesBy(place, weighed, shapes),
  };
}

/** A believed node, and what was found there that asks for it. */
interface Asked {
  readonly snapshot: Snapshot;
  readonly findings: Finding[];
}

/** What it makes of a believed node. Weighed when somebody asks: the worst node often decides alone. */
function changesBy(
  { remedy, members, doubted, instanceType = '' }: Sized,
  weighed: WeighedNodes,
  shapes: Shapes,
): Candidate['change'] {
  const type = shapes.get(instanceType);
  const all = new Map<string, Asked>();
  for (const { finding } of members) {
    for (const snapshot of weighed.of(finding)) {
      const { instanceId } = snapshot.node;
      const asked = all.get(instanceId);
      if (asked !== undefined) asked.findings.push(finding);
      else if (!doubted.has(instanceId)) all.set(instanceId, { snapshot, findings: [finding] });
    }
  }
  const made = rememberedOf((asked: Asked) =>
    asked.findings.reduce<Change | undefined>((before, finding) => {
      const own = changeOf(remedy, finding, asked.snapshot, weighed);
      const change = own && ((type && changeByShape(asked.snapshot, type)) ?? own);
      return change === undefined ? before : joined(before, change);
    }, undefined),
  );
  return ({ node }) => {
    const asked = all.get(node.instanceId);
    return asked && made(asked);
  };
}

/** What one remedy says of a node in two findings: the stronger effect, and all that it sets. */
function joined(before: Change | undefined, change: Change): Change {
  if (before === undefined) return change;
  const lefts = [before.left, change.left].filter((one) => one !== undefined);
  const [left] = lefts.sort((a, b) => a.most - b.most);
  const limits = [before.limit, change.limit].filter((one) => one !== undefined);
  const sets = [...(before.sets ?? []), ...(change.sets ?? [])];
  return present({
    limit: limits.length === 0 ? undefined : Math.max(...limits),
    left,
    sets: sets.length === 0 ? undefined : sets,
  });
}
