import { Command } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { whatIf } from '../core/plan/what-if.js';
import { printedJson, printedLines, type Line, type Printed } from '../core/render/lines.js';
import { answerLines } from '../core/render/answer-text.js';
import { planLines } from '../core/render/plan-text.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { present } from '../core/text/present.js';
import { examples, mustBeThere, withAsked } from './plan-question.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';

/** Raised if a field of the JSON goes away or changes its meaning; not for a new field. */
const PLAN_SCHEMA_VERSION = 1;

/** `plan`: what to do about a saved run, or what would become of it if something changed. */
export function planCommand(terminal: Terminal) {
  const command = new Command('plan')
    .description('what to do about a saved run, best first; with --if what a change would do')
    .requiredOption('--from <dir>', 'folder that `audit --save` filled')
    .option(
      '--if <change>',
      `ask before you change it, as often as you like: ${examples}`,
      withAsked,
    )
    .option('--cluster <name>', 'with --if: change this cluster alone')
    .option('--node-group <name>', 'with --if: change node groups of this name alone');
  return withPolicyOptions(command, 'what the run was judged by')
    .option('--json', 'print JSON')
    .action(async ({ from, json, cluster, nodeGroup, if: changes, ...options }) => {
      const policyFrom = await policyOverSaved(options);
      const run = await judgeSavedRun(await FolderRunStore.open(from), catalogue, policyFrom);
      const { evidence, report, policy, plan } = run;
      const { runId, startedAt } = report;
      const head = { schemaVersion: PLAN_SCHEMA_VERSION, runId, startedAt };
      const question = { ...changes, ...present({ cluster, nodeGroup }) };
      if (changes === undefined) {
        terminal.write(
          json === true ? printedJson({ ...head, plan }, 2) : shown(planLines(plan), terminal),
        );
        return;
      }
      mustBeThere(question, evidence);
      const answer = whatIf(question, evidence, report, catalogue, policy);
      terminal.write(
        json === true
          ? printedJson({ ...head, question, answer }, 2)
          : shown(answerLines(answer), terminal),
      );
    });
}

function shown(lines: readonly Line[], terminal: Terminal): Printed {
  return printedLines(lines, paintFor(terminal), terminal);
}
