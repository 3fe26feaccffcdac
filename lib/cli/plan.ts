import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import type { Evidence } from '../core/judge/judge.js';
import { asked, type Question } from '../core/plan/question.js';
import { whatIf } from '../core/plan/what-if.js';
import { printedJson, printedLines, type Line, type Printed } from '../core/render/lines.js';
import { answerLines } from '../core/render/answer-text.js';
import { planLines } from '../core/render/plan-text.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { near } from '../core/text/near.js';
import { present } from '../core/text/present.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';

/** Raised if a field of the JSON goes away or changes its meaning; not for a new field. */
export const PLAN_SCHEMA_VERSION = 1;

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

const examples = Object.values(asked)
  .map(({ example }) => example)
  .join(', ');

/** Reads `raise-limit=524288`, and adds it to what was asked before. */
function withAsked(text: string, before: Question | undefined): Question {
  const [name = '', ...rest] = text.split('=');
  const value = rest.length === 0 ? undefined : rest.join('=');
  const change = Object.hasOwn(asked, name) ? asked[name] : undefined;
  if (change === undefined) {
    const [meant] = near(name, Object.keys(asked));
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new InvalidArgumentError(`should be one of ${examples}, got '${text}'${hint}`);
  }
  const read = change.read(value);
  if (read === undefined) {
    throw new InvalidArgumentError(
      `${name} should have ${change.allowed}: ${change.example}, got '${text}'`,
    );
  }
  const twice = Object.keys(read).some((key) => Object.hasOwn(before ?? {}, key));
  if (twice) throw new InvalidArgumentError(`should name ${name} once, got '${text}' as well`);
  return { ...before, ...read };
}

/** A question about what the run does not have would be answered by nothing. */
function mustBeThere({ cluster, nodeGroup, type }: Question, { fleet }: Evidence): void {
  check(
    'cluster',
    cluster,
    fleet.clusters.map(({ name }) => name),
  );
  check('node group', nodeGroup, [...new Set(fleet.nodes.map((node) => node.nodeGroup))]);
  check(
    'instance type',
    type,
    fleet.shapes.map(({ instanceType }) => instanceType),
  );
}

/** Names that an error lists. A house choice. */
const NAMED = 10;

function check(what: string, wanted: string | undefined, names: readonly string[]): void {
  if (wanted === undefined || names.includes(wanted)) return;
  const meant = near(wanted, names);
  const hint = meant.length > 0 ? `did you mean ${meant.join(', ')}?` : `it has ${some(names)}`;
  throw new Error(`the run has no ${what} '${wanted}'; ${hint}`);
}

function some(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ') || 'none'}${more > 0 ? ` and ${more} more` : ''}`;
}
