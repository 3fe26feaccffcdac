import * as v from 'valibot';
import { caseName, selected } from '../../core/render/selection.js';
import { ruleTexts } from '../../core/rules/index.js';
import { present } from '../../core/text/present.js';
import { namedBy } from '../boundary.js';
import { leftLines, leftSchema, paging, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { findingSchema, severity, shortFinding } from '../shapes.js';
import { FROM_NODES, name, names, tool } from '../tool.js';

const rule = v.picklist(ruleTexts.map(({ id }) => id));

/** `findings`: what the rules found, worst first, as narrow as it is asked. */
export const findingsTool = tool({
  name: 'findings',
  title: 'Findings of a run',
  description: `Lists what the rules found in a saved audit, worst first: one finding is one rule in one node group. Narrow it by severity, rule, cluster or case. ${FROM_NODES}`,
  input: {
    ...runArgument,
    severity: v.exactOptional(v.pipe(severity, v.description('what is as bad, or worse'))),
    rule: v.exactOptional(
      v.pipe(
        v.array(rule),
        v.minLength(1),
        v.maxLength(20),
        v.description('what these rules found'),
      ),
    ),
    cluster: v.exactOptional(names('what was found in these clusters')),
    case: v.exactOptional(name('one case: cluster/node group, or cluster/*')),
    ...paging,
  },
  output: {
    run: runSchema,
    total: v.pipe(v.number(), v.description('how many findings fit what was asked')),
    findings: v.array(findingSchema),
    left: leftSchema,
  },
  async answer({ run: id, offset, ...asked }, runs) {
    const { run, judged } = await theRun(runs, id);
    const clusters = asked.cluster?.map((one) => namedBy(one, judged.report.clusters));
    const one =
      asked.case === undefined ? undefined : namedBy(asked.case, judged.cases.map(caseName));
    const { severity: least, rule: rules } = asked;
    const selection = present({ severity: least, rules, clusters, case: one });
    const { findings } = selected(judged, selection).report;
    const { lists, left } = within({ findings: findings.map(shortFinding) }, { offset });
    return {
      structured: { run, total: findings.length, ...lists, left },
      lines: [
        runLine(run),
        ...lists.findings.map(
          (found) =>
            `${found.severity}: ${found.id} (${found.instances.join(', ')}): ${found.summary}`,
        ),
        ...(findings.length === 0 ? ['nothing was found'] : []),
        ...leftLines(left),
      ],
    };
  },
});
