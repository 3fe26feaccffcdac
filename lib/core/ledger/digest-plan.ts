import type { Command } from '../judge/command.js';
import type { Effect } from '../judge/finding.js';
import type { Fleet, NodeGroupKind } from '../node/fleet.js';
import type { Action, GroupEffect, Plan } from '../plan/plan.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { shortened } from '../text/printable.js';
import { isOver, type Transition } from './transition.js';

/** House limits, so that a message and the ledger that promises it stay small: the report has all. */
const MOST_ACTIONS = 5;
const MOST_EFFECTS = 3;
const MOST_NAMED = 20;
const MOST_GROUPS = 50;
const LONGEST_TITLE = 300;
const LONGEST_STEP = 500;

/** What an action does to one node group, for a message. */
export interface PlannedEffect {
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly before: Effect;
  readonly after: Effect;
}

/** One action of the plan, for a message. */
export interface PlannedAction {
  /** That of the plan: `raise-limit/storefront`. */
  readonly id: string;
  readonly title: string;
  /** How many findings it settles, and on how many nodes: those that did not change too. */
  readonly settles: number;
  readonly nodes: number;
  /** Ids of changed findings that it settles, the worst ones. */
  readonly findings: readonly string[];
  /** The node groups whose table changes, those of changed findings first. */
  readonly effects: readonly PlannedEffect[];
  /** What lasts, where no command prints it. */
  readonly step?: string;
  readonly command?: Command;
}

/** What to do about what changed. */
export interface DigestPlan {
  /** Best first. */
  readonly actions: readonly PlannedAction[];
  /** Actions of the plan that are not here: they are about what did not change, or too many. */
  readonly more: number;
}

/** Who made the nodes of a node group that changed, and how many there are. */
export interface DigestGroup {
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly kind: NodeGroupKind;
  readonly nodes: number;
}

/**
 * The actions that settle a finding that people hear of now. A message is about what changed: an action against
 * what they know already would bury the one that they were woken for, so the others are only counted.
 */
export function digestPlanOf({ actions }: Plan, transitions: readonly Transition[]): DigestPlan {
  const open = transitions.filter(({ kind }) => !isOver(kind)).map(({ finding }) => finding);
  const ids = new Set(open.map(({ id }) => id));
  const places = new Set(
    open.map(({ cluster, nodeGroup }) => JSON.stringify([cluster, nodeGroup])),
  );
  const planned = actions
    .filter(({ settles }) => settles.some(({ id }) => ids.has(id)))
    .slice(0, MOST_ACTIONS)
    .map((action) => plannedAction(action, ids, places));
  return { actions: planned, more: actions.length - planned.length };
}

function plannedAction(
  { id, title, settles, nodes, effects, steps, command, scope }: Action,
  ids: ReadonlySet<string>,
  places: ReadonlySet<string>,
): PlannedAction {
  const isNear = (one: GroupEffect) => places.has(JSON.stringify([one.cluster, one.nodeGroup]));
  const near = [...effects.filter(isNear), ...effects.filter((one) => !isNear(one))];
  return {
    id: shortened(id, LONGEST_TITLE),
    title: shortened(title, LONGEST_TITLE),
    settles: settles.length,
    nodes,
    findings: settles
      .map((one) => one.id)
      .filter((one) => ids.has(one))
      .slice(0, MOST_NAMED),
    effects: near
      .filter(({ before, after }) => before.usage !== after.usage || before.limit !== after.limit)
      .slice(0, MOST_EFFECTS)
      .map(({ cluster, nodeGroup, before, after }) => ({ cluster, nodeGroup, before, after })),
    ...(command === undefined
      ? present({ step: lastingStep(steps) })
      : { command: command.name === 'fix' ? { ...command, cluster: scope.cluster } : command }),
  };
}

/** The step that lasts; of an action that has only one kind of step, the first. */
function lastingStep(steps: readonly string[]): string | undefined {
  const prefix = 'for good: ';
  const lasting = steps.find((step) => step.startsWith(prefix))?.slice(prefix.length);
  const step = lasting ?? steps[0];
  return step === undefined ? undefined : shortened(step, LONGEST_STEP);
}

/** The node groups of what changed, the worst first, as the fleet has them. */
export function digestGroupsOf(
  { nodes }: Fleet,
  transitions: readonly Transition[],
): DigestGroup[] {
  const key = ({ cluster, nodeGroup }: { cluster: string; nodeGroup: string }) =>
    JSON.stringify([cluster, nodeGroup]);
  const members = groupBy(nodes, key);
  const changed = new Set(transitions.map(({ finding }) => key(finding)));
  return [...changed].slice(0, MOST_GROUPS).flatMap((one) => {
    const [first, ...others] = members.get(one) ?? [];
    if (first === undefined) return [];
    const { cluster, nodeGroup, nodeGroupKind: kind } = first;
    return [{ cluster, nodeGroup, kind, nodes: 1 + others.length }];
  });
}
