import * as v from 'valibot';
import { findingBlock } from '../../core/render/text.js';
import { selected } from '../../core/render/selection.js';
import { present } from '../../core/text/present.js';
import { PROGRAM } from '../../program.js';
import { namedBy } from '../boundary.js';
import { leftLines, leftSchema, parting, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { nodeSchema, remedySchema, severity, weighedRemedy } from '../shapes.js';
import { FROM_NODES, name, tool } from '../tool.js';

/** `finding`: one finding with its nodes, and each remedy that was weighed for it. */
export const findingTool = tool({
  name: 'finding',
  title: 'One finding',
  description: `One finding of a saved audit: its nodes with the numbers behind it, where the limit comes from, and every remedy that was weighed, best first, with its predicted effect. ${FROM_NODES}`,
  input: {
    ...runArgument,
    id: name('id of the finding, as findings and report give it'),
    ...parting(['remedies', 'nodes', 'actions']),
  },
  output: {
    run: runSchema,
    id: v.string(),
    rule: v.string(),
    title: v.string(),
    severity,
    cluster: v.string(),
    nodeGroup: v.string(),
    summary: v.string(),
    why: v.exactOptional(v.string()),
    remedies: v.array(remedySchema),
    nodes: v.array(nodeSchema),
    actions: v.pipe(
      v.array(v.string()),
      v.description('ids of the actions of the plan that settle it'),
    ),
    left: leftSchema,
  },
  async answer({ run: runId, id, ...asked }, runs) {
    const { run, judged } = await theRun(runs, runId);
    const ids = judged.report.findings.map((one) => one.id);
    const { report, plan } = selected(judged, { finding: namedBy(id, ids) });
    const [finding] = report.findings;
    if (finding === undefined) throw new Error(`this run has no finding '${id}'`);
    const { lists, left } = within(
      {
        remedies: finding.remedies.map(weighedRemedy),
        nodes: finding.nodes,
        actions: plan.actions.map((action) => action.id),
      },
      asked,
    );
    const { rule, title, cluster, nodeGroup, summary, why } = finding;
    const head = { id: finding.id, rule, title, severity: finding.severity, cluster, nodeGroup };
    return {
      structured: { run, ...head, summary, ...present({ why }), ...lists, left },
      lines: [runLine(run), finding.id, ...findingBlock(finding, PROGRAM), ...leftLines(left)],
    };
  },
});
