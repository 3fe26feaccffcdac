import type { Fleet, MuteTags } from '../node/fleet.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { ruleTexts } from '../rules/index.js';
import { muteTagKeys } from './mute-tags.js';
import type { Mute } from './mute.js';
import { endOf } from './parse-mutes.js';

/** The mutes of a fleet's tags, and notes about tags that mute nothing. */
export interface FleetMutes {
  readonly mutes: readonly Mute[];
  readonly notes: readonly string[];
}

/** Notes that fit into a mail beside its findings. House choice. */
const MOST_NOTES = 10;

/** One resource that carries tags. */
interface Tagged {
  /** As a sentence names it: `i-1`, `node group blue of prod`. */
  readonly name: string;
  readonly about: Pick<Mute, 'cluster' | 'nodeGroup' | 'instanceId'>;
  readonly tags: MuteTags;
}

/** A useless tag, as two halves of a sentence around its carrier. */
interface Fault {
  readonly tag: string;
  readonly says: string;
}

/**
 * The mutes that instances and managed node groups carry as tags, without those that ended before `now`.
 * A tag that is no valid mute becomes a note: a misspelt mute must not mute more than its author meant.
 * The same tag on many resources becomes one note.
 */
export function mutesOfFleet(fleet: Fleet, now: string): FleetMutes {
  const judged = tagged(fleet).map((one) => ({ ...one, verdict: judge(one.tags) }));
  const mutes = judged.flatMap(({ about, verdict }) =>
    'mute' in verdict && Date.parse(verdict.mute.until) > Date.parse(now)
      ? [{ ...about, ...verdict.mute }]
      : [],
  );
  const faults = judged.flatMap(({ name, verdict }) =>
    'fault' in verdict ? [{ ...verdict.fault, name }] : [],
  );
  return { mutes, notes: bounded(faultNotes(faults)) };
}

function tagged({ clusters, nodes }: Fleet): Tagged[] {
  const groups = clusters.flatMap(({ name: cluster, nodeGroupMutes = [] }) =>
    nodeGroupMutes.map(({ nodeGroup, mute }) => ({
      name: `node group ${nodeGroup} of ${cluster}`,
      about: { cluster, nodeGroup },
      tags: mute,
    })),
  );
  const instances = nodes.flatMap(({ instanceId, mute }) =>
    mute === undefined ? [] : [{ name: instanceId, about: { instanceId }, tags: mute }],
  );
  return [...groups, ...instances];
}

function judge({
  until,
  reason,
  rule,
}: MuteTags): { readonly mute: Omit<Mute, keyof Tagged['about']> } | { fault: Fault } {
  const end = until === undefined ? undefined : endOf(until);
  if (end === undefined) {
    return fault('until', until, 'should be a date such as 2026-12-01');
  }
  if (reason === undefined || reason === '') {
    return fault('reason', reason, 'should say why');
  }
  const known = rule === undefined || ruleTexts.some(({ id }) => id === rule);
  if (!known) return fault('rule', rule, 'should be the id of a rule');
  return { mute: present({ rule, until: end, reason }) };
}

function fault(
  key: keyof MuteTags,
  value: string | undefined,
  should: string,
): { readonly fault: Fault } {
  const is = value === undefined ? 'is missing' : `is '${value}'`;
  return { fault: { tag: muteTagKeys[key], says: `${is}, and ${should}` } };
}

function faultNotes(faults: readonly (Fault & { readonly name: string })[]): string[] {
  const alike = groupBy(faults, ({ tag, says }) => JSON.stringify([tag, says]));
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map(({ tag, name, says }) => {
      const more = group.length === 1 ? '' : ` and ${group.length - 1} more`;
      return `tag ${tag} of ${name}${more} ${says}`;
    }),
  );
}

function bounded(notes: readonly string[]): string[] {
  if (notes.length <= MOST_NOTES) return [...notes];
  const left = notes.length - MOST_NOTES;
  return [...notes.slice(0, MOST_NOTES), `${left} more values of such tags are no mutes either`];
}
