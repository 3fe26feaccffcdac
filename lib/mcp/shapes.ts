import * as v from 'valibot';
import type { Assessment, Effect, Finding } from '../core/judge/finding.js';
import { measureTexts } from '../core/judge/measures.js';
import { severities } from '../core/judge/severity.js';
import { recommendationOf } from '../core/render/recommendation.js';
import { present } from '../core/text/present.js';

/** Parts that several answers have, each as its schema and how it is made. */

export const severity = v.picklist(severities);

const effectSchema = v.pipe(
  v.object({
    instanceType: v.exactOptional(v.string()),
    limit: v.exactOptional(v.number()),
    usage: v.exactOptional(v.number()),
    bound: v.exactOptional(v.picklist(['at most', 'at least'])),
    usageMargin: v.exactOptional(v.number()),
  }),
  v.description('limit of the table and the share of it that is used, 0..1; absent: not known'),
);

export const groupEffectSchema = v.object({
  cluster: v.string(),
  nodeGroup: v.string(),
  nodes: v.number(),
  worst: v.pipe(v.string(), v.description('instance id of the node that is the fullest then')),
  before: effectSchema,
  after: effectSchema,
});

export const findingSchema = v.object({
  id: v.string(),
  rule: v.string(),
  severity,
  cluster: v.string(),
  nodeGroup: v.string(),
  summary: v.string(),
  nodes: v.pipe(v.number(), v.description('how many nodes have it')),
  instances: v.pipe(v.array(v.string()), v.description('instance ids of the worst of them')),
  remedy: v.exactOptional(
    v.pipe(v.string(), v.description('id of the remedy that is recommended; absent: none helps')),
  ),
});

/** Nodes that a finding in a list names. A house choice. */
const INSTANCES = 3;

/** A finding in a list: what it says, and the ids to ask on with. */
export function shortFinding(finding: Finding): v.InferOutput<typeof findingSchema> {
  const { id, rule, cluster, nodeGroup, summary, nodes } = finding;
  return {
    id,
    rule,
    severity: finding.severity,
    cluster,
    nodeGroup,
    summary,
    nodes: nodes.length,
    instances: nodes.slice(0, INSTANCES).map(({ instanceId }) => instanceId),
    ...present({ remedy: recommendationOf(finding)?.id }),
  };
}

export const nodeSchema = v.object({
  instanceId: v.string(),
  instanceType: v.string(),
  severity,
  summary: v.string(),
  measures: v.pipe(
    v.record(v.picklist(Object.keys(measureTexts)), v.number()),
    v.description('the numbers behind the summary; a number that is absent was not read'),
  ),
});

export const remedySchema = v.object({
  id: v.string(),
  title: v.string(),
  helps: v.pipe(
    v.nullable(v.boolean()),
    v.description('null: the facts do not carry a prediction'),
  ),
  enough: v.exactOptional(
    v.pipe(v.literal(false), v.description('it helps, and is not enough alone')),
  ),
  reason: v.string(),
  predicted: effectSchema,
  steps: v.array(v.string()),
});

/** A remedy as it was weighed, without the command that `fix` takes the place of here. */
export function weighedRemedy(remedy: Assessment): v.InferOutput<typeof remedySchema> {
  const { id, title, helps, enough, reason, predicted, steps } = remedy;
  return {
    id,
    title,
    helps,
    ...present({ enough }),
    reason,
    predicted: effectOf(predicted),
    steps: [...steps],
  };
}

/** Only what the schema tells of an effect. */
function effectOf(effect: Effect): v.InferOutput<typeof effectSchema> {
  const { instanceType, limit, usage, bound, usageMargin } = effect;
  return present({ instanceType, limit, usage, bound, usageMargin });
}

/** The same of a node group. */
export function groupEffectOf(
  one: Omit<v.InferOutput<typeof groupEffectSchema>, 'before' | 'after'> & {
    readonly before: Effect;
    readonly after: Effect;
  },
): v.InferOutput<typeof groupEffectSchema> {
  const { cluster, nodeGroup, nodes, worst, before, after } = one;
  return { cluster, nodeGroup, nodes, worst, before: effectOf(before), after: effectOf(after) };
}
