import * as v from 'valibot';
import type { Action } from '../../core/plan/plan.js';
import { present } from '../../core/text/present.js';
import { plural } from '../../core/text/format.js';
import { leftLines, leftSchema, parting, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { severity } from '../shapes.js';
import { FROM_NODES, tool } from '../tool.js';

const actionSchema = v.object({
  id: v.string(),
  remedy: v.string(),
  title: v.string(),
  cluster: v.string(),
  nodeGroup: v.exactOptional(v.string()),
  limit: v.exactOptional(v.number()),
  instanceType: v.exactOptional(v.string()),
  nodes: v.number(),
  settles: v.pipe(
    v.array(v.string()),
    v.description('ids of the findings that are over then, worst first'),
  ),
  eases: v.exactOptional(v.array(v.string())),
  reason: v.string(),
  price: v.string(),
});

const unsettledSchema = v.object({ id: v.string(), severity, nodes: v.number(), why: v.string() });

const rejectedSchema = v.object({
  remedy: v.string(),
  title: v.string(),
  reason: v.string(),
  findings: v.array(v.string()),
});

/** Findings that an action or a remedy names. A house choice: `action` names them all. */
const FINDINGS = 10;

/** `plan`: what to do about a run, best first. */
export const planTool = tool({
  name: 'plan',
  title: 'Plan of a run',
  description: `The fewest actions that settle what a saved audit found, best first, each with the findings that it settles and its price; what nothing settles; and which remedies would not help, with the reason. Ask action for the steps of one. ${FROM_NODES}`,
  input: { ...runArgument, ...parting(['actions', 'unsettled', 'rejected']) },
  output: {
    run: runSchema,
    totals: v.object({ actions: v.number(), unsettled: v.number(), rejected: v.number() }),
    actions: v.array(actionSchema),
    unsettled: v.array(unsettledSchema),
    rejected: v.array(rejectedSchema),
    left: leftSchema,
  },
  async answer({ run: id, ...asked }, runs) {
    const { run, judged } = await theRun(runs, id);
    const { actions, unsettled, rejected } = judged.plan;
    const { lists, left } = within(
      {
        actions: actions.map(shortAction),
        unsettled: unsettled.map(({ id, severity: bad, nodes, why }) => ({
          id,
          severity: bad,
          nodes,
          why,
        })),
        rejected: rejected.map(({ remedy, title, reason, findings }) => {
          return { remedy, title, reason, findings: findings.slice(0, FINDINGS) };
        }),
      },
      asked,
    );
    const totals = {
      actions: actions.length,
      unsettled: unsettled.length,
      rejected: rejected.length,
    };
    return {
      structured: { run, totals, ...lists, left },
      lines: [
        runLine(run),
        ...lists.actions.map(
          ({ id, title, settles, nodes }) =>
            `${id}: ${title}; on ${plural(nodes, 'node')}, settles ${settles.join(', ') || 'nothing'}`,
        ),
        ...lists.unsettled.map((one) => `stays: ${one.id}: ${one.why}`),
        ...lists.rejected.map((one) => `would not help: ${one.remedy}: ${one.reason}`),
        ...leftLines(left),
      ],
    };
  },
});

function shortAction(action: Action): v.InferOutput<typeof actionSchema> {
  const { id, remedy, title, scope, limit, instanceType, nodes, reason, price } = action;
  const ids = (all: Action['settles']) => all.slice(0, FINDINGS).map((one) => one.id);
  return {
    id,
    remedy,
    title,
    cluster: scope.cluster,
    ...present({ nodeGroup: scope.nodeGroup, limit, instanceType }),
    nodes,
    settles: ids(action.settles),
    ...present({ eases: action.eases && ids(action.eases) }),
    reason,
    price,
  };
}
