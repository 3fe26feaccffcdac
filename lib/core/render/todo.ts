import type { Effect } from '../judge/finding.js';
import type { Digest } from '../ledger/digest.js';
import type { PlannedAction } from '../ledger/digest-plan.js';
import { isOver } from '../ledger/transition.js';
import { shareText } from '../measure/share.js';
import { count, percent, plural } from '../text/format.js';
import { commandText } from './command-text.js';
import { cutWords } from './cut.js';
import { fixCommand, promiseText, recommendationOf } from './recommendation.js';
import { copied } from './tell-item.js';
import { toldCases } from './told-cases.js';

/** Things to do that a message tells. A house choice. */
const TODOS_TOLD = 3;
/** Cases whose remedies are told where there is no plan: the others are in the report. */
const CASES_SEARCHED = 20;
/** Node groups whose numbers stand beside one of them. */
const GROUPS_TOLD = 2;

/** One thing to do, raw. */
export interface Todo {
  readonly title: string;
  /** `settles 3 findings on 2 nodes; web 82% -> 41%`. */
  readonly effect?: string;
  /** A command to copy. */
  readonly command?: string;
  /** What lasts, in words, where no command prints it. */
  readonly step?: string;
}

/** What to do, best first, and how many more things the report has. */
export interface Todos {
  readonly todos: readonly Todo[];
  readonly more: number;
}

/**
 * The plan of a digest; of one that an older program wrote, the remedies that it recommends. A limit that went back
 * comes first, unless the plan sets another one there.
 */
export function todosOf(digest: Digest, program: string): Todos {
  const { plan } = digest;
  const planned = plan?.actions.map((one) => plannedTodo(one, program));
  const all = [...lostTodos(digest, program), ...(planned ?? recommendedTodos(digest, program))];
  const todos = all.slice(0, TODOS_TOLD);
  return { todos, more: all.length - todos.length + (plan?.more ?? 0) };
}

function plannedTodo(action: PlannedAction, program: string): Todo {
  const { title, settles, nodes, effects, step, command } = action;
  const groups = effects
    .slice(0, GROUPS_TOLD)
    .map(({ nodeGroup, before, after }) => `${cutWords(nodeGroup, 60)} ${change(before, after)}`);
  const counted = `settles ${plural(settles, 'finding')} on ${plural(nodes, 'node')}`;
  return {
    title: cutWords(title, 160),
    effect: [counted, groups.join(', ')].filter((part) => part !== '').join('; '),
    ...(command !== undefined && { command: copied(commandText(command, program)) }),
    ...(step !== undefined && { step: cutWords(step, 240) }),
  };
}

function change(before: Effect, after: Effect): string {
  return `${share(before)} -> ${share(after)}`;
}

function share({ usage, usageMargin: margin = 0, bound }: Effect): string {
  if (usage === undefined) return 'unknown';
  return `${bound === undefined ? '' : `${bound} `}${shareText({ share: usage, margin })}`;
}

/** A fix that is lost with nothing open to say so: the limit that was, and what it would do. */
function lostTodos({ transitions, plan }: Digest, program: string): Todo[] {
  const lost = new Map<string, Todo>();
  for (const { finding, fixLost, kind, before, after } of transitions) {
    const { cluster, nodeGroup } = finding;
    const isPlanned = plan?.actions.some(({ id }) => id.startsWith(`raise-limit/${cluster}`));
    if (fixLost !== true || !isOver(kind) || isPlanned === true) continue;
    if (before === undefined || after === undefined || after.max >= before.max) continue;
    const { entries } = after;
    lost.set(JSON.stringify([cluster, nodeGroup]), {
      title: `Make the limit of ${count(before.max)} last in ${cutWords(cluster, 120)}`,
      effect: `${cutWords(nodeGroup, 60)} ${percent(entries / after.max)} -> ${percent(entries / before.max)}`,
      command: commandText({ name: 'fix', remedy: 'raise-limit', limit: before.max }, program),
    });
  }
  return [...lost.values()];
}

/** Of each node group the remedy of its worst change, said once. */
function recommendedTodos({ transitions }: Digest, program: string): Todo[] {
  const cases = toldCases(transitions).slice(0, CASES_SEARCHED);
  const todos = cases.flatMap(({ transitions: [worst] }) => {
    if (worst === undefined || isOver(worst.kind)) return [];
    const remedy = recommendationOf(worst.finding);
    if (remedy === undefined) return [];
    const files = fixCommand(remedy, program);
    const lasting = remedy.steps.find((step) => step.startsWith(FOR_GOOD));
    const step = lasting?.slice(FOR_GOOD.length);
    const maybe = remedy.helps === true ? '' : 'Maybe: ';
    return {
      title: `${maybe}${cutWords(promiseText(remedy), 240)}`,
      ...(files !== undefined && { command: copied(files) }),
      ...(files === undefined && step !== undefined && { step: cutWords(step, 240) }),
    };
  });
  const byTitle = new Map(todos.map((one) => [JSON.stringify(one), one]));
  return [...byTitle.values()];
}

const FOR_GOOD = 'for good: ';
