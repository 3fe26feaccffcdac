import * as v from 'valibot';
import { effectText } from '../../core/render/plan-text.js';
import { near } from '../../core/text/near.js';
import { present } from '../../core/text/present.js';
import { namedBy } from '../boundary.js';
import { leftLines, leftSchema, parting, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { groupEffectOf, groupEffectSchema } from '../shapes.js';
import { FROM_NODES, name, tool } from '../tool.js';

/** Names that an error lists. A house choice. */
const NAMED = 10;

/** `action`: one action of the plan with its steps. */
export const actionTool = tool({
  name: 'action',
  title: 'One action of a plan',
  description: `One action of the plan of a saved audit: its steps, how to undo it and to see that it worked, what it makes of each node group, every finding that it settles, and what may be done in its place. ${FROM_NODES}`,
  input: {
    ...runArgument,
    id: name('id of the action, as plan gives it'),
    ...parting(['steps', 'effects', 'settles', 'alternatives']),
  },
  output: {
    run: runSchema,
    id: v.string(),
    remedy: v.string(),
    title: v.string(),
    reason: v.string(),
    price: v.string(),
    undo: v.exactOptional(v.string()),
    proof: v.exactOptional(v.string()),
    steps: v.array(v.string()),
    effects: v.array(groupEffectSchema),
    settles: v.pipe(v.array(v.string()), v.description('ids of findings, worst first')),
    alternatives: v.array(v.object({ remedy: v.string(), title: v.string(), reason: v.string() })),
    left: leftSchema,
  },
  async answer({ run: runId, id, ...asked }, runs) {
    const { run, judged } = await theRun(runs, runId);
    const { actions } = judged.plan;
    const ids = actions.map((one) => one.id);
    const action = actions.find((one) => one.id === namedBy(id, ids));
    if (action === undefined) throw new Error(unknown(id, ids));
    const { lists, left } = within(
      {
        steps: action.steps,
        effects: action.effects.map(groupEffectOf),
        settles: action.settles.map((one) => one.id),
        alternatives: action.alternatives,
      },
      asked,
    );
    const { remedy, title, reason, price, undo, proof } = action;
    const head = { id: action.id, remedy, title, reason, price, ...present({ undo, proof }) };
    return {
      structured: { run, ...head, ...lists, left },
      lines: [
        runLine(run),
        `${action.id}: ${title}`,
        `reason: ${reason}`,
        `price: ${price}`,
        ...lists.steps.map((step) => `- ${step}`),
        ...lists.effects.map(effectText),
        ...lists.settles.map((one) => `settles ${one}`),
        ...lists.alternatives.map(
          (one) => `in its place: ${one.title} (${one.remedy}): ${one.reason}`,
        ),
        ...leftLines(left),
      ],
    };
  },
});

function unknown(id: string, ids: readonly string[]): string {
  const meant = near(id, ids);
  const has = ids.slice(0, NAMED).join(', ') || 'none';
  const hint = meant.length > 0 ? `did you mean ${meant.join(', ')}?` : `it has ${has}`;
  return `the plan of this run has no action '${id}'; ${hint}`;
}
