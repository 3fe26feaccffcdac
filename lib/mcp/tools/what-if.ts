import * as v from 'valibot';
import { mustBeThere, withAsked, examples } from '../../cli/plan-question.js';
import { asked as changes, type Question } from '../../core/plan/question.js';
import type { Turned } from '../../core/plan/turned.js';
import { whatIf } from '../../core/plan/what-if.js';
import { effectText } from '../../core/render/plan-text.js';
import { catalogue } from '../../core/run/catalogue.js';
import { present } from '../../core/text/present.js';
import { namedBy } from '../boundary.js';
import { leftLines, leftSchema, parting, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { groupEffectOf, groupEffectSchema, severity } from '../shapes.js';
import { FROM_NODES, name, tool } from '../tool.js';

const turnedSchema = v.object({ id: v.string(), severity, summary: v.string() });

const LONGEST_CHANGE = 100;

/** `what-if`: what would become of the tables of a run, before anybody changes anything. */
export const whatIfTool = tool({
  name: 'what-if',
  title: 'What if',
  description: `What would become of each node group of a saved audit if something changed, by the same rules: the fullest table before and after, which findings would begin or end. Nothing is changed. ${FROM_NODES}`,
  input: {
    ...runArgument,
    if: v.pipe(
      v.array(
        v.pipe(v.string('should be a text'), v.maxLength(LONGEST_CHANGE)),
        'should be a list of changes',
      ),
      v.minLength(1),
      v.maxLength(Object.keys(changes).length),
      v.description(`changes, all at once, as plan --if takes them: ${examples}`),
    ),
    cluster: v.exactOptional(name('change this cluster alone')),
    nodeGroup: v.exactOptional(name('change node groups of this name alone')),
    ...parting(['groups', 'fires', 'eases', 'stops']),
  },
  output: {
    run: runSchema,
    totals: v.object({
      groups: v.number(),
      fires: v.number(),
      eases: v.number(),
      stops: v.number(),
    }),
    groups: v.array(v.object({ ...groupEffectSchema.entries, notes: v.array(v.string()) })),
    fires: v.pipe(v.array(turnedSchema), v.description('findings that would begin, or be worse')),
    eases: v.pipe(v.array(turnedSchema), v.description('findings that would be less bad')),
    stops: v.pipe(v.array(turnedSchema), v.description('findings that would end')),
    left: leftSchema,
  },
  async answer({ run: id, if: words, cluster, nodeGroup, ...asked }, runs) {
    const { run, judged } = await theRun(runs, id);
    const { evidence, report, policy } = judged;
    const { clusters, nodes } = evidence.fleet;
    const groups = nodes.map((node) => node.nodeGroup);
    const question: Question = {
      ...words.reduce<Question>((before, word) => withAsked(word, before), {}),
      ...present({
        cluster:
          cluster &&
          namedBy(
            cluster,
            clusters.map((one) => one.name),
          ),
        nodeGroup: nodeGroup && namedBy(nodeGroup, groups),
      }),
    };
    mustBeThere(question, evidence);
    const answer = whatIf(question, evidence, report, catalogue, policy);
    const { lists, left } = within(
      {
        groups: answer.groups.map((one) => ({ ...groupEffectOf(one), notes: [...one.notes] })),
        fires: answer.fires,
        eases: answer.eases,
        stops: answer.stops,
      },
      asked,
    );
    const { fires, eases, stops } = answer;
    const totals = {
      groups: answer.groups.length,
      fires: fires.length,
      eases: eases.length,
      stops: stops.length,
    };
    return {
      structured: { run, totals, ...lists, left },
      lines: [
        runLine(run),
        ...lists.groups.flatMap((one) => [
          effectText(one),
          ...one.notes.map((note) => `  ${note}`),
        ]),
        ...lists.fires.map((one) => `would fire: ${turnedText(one)}`),
        ...lists.eases.map((one) => `would be less bad: ${turnedText(one)}`),
        ...lists.stops.map((one) => `would stop: ${turnedText(one)}`),
        ...(totals.fires + totals.eases + totals.stops === 0 ? ['no finding would change'] : []),
        ...leftLines(left),
      ],
    };
  },
});

function turnedText({ id, severity: bad, summary }: Turned): string {
  return `${bad} ${id}: ${summary}`;
}
