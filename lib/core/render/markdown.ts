import type { Action } from '../plan/plan.js';
import { count, percent, plural } from '../text/format.js';
import { oneLine } from '../text/printable.js';
import { commandText } from './command-text.js';
import { cut } from './cut.js';
import { withSpaces } from './fit.js';
import { groupedGaps } from './gap-text.js';
import type { Judged } from './judged.js';
import { printedRows, type Printed } from './lines.js';
import { placeText } from './names.js';
import type { ReadWhere } from './read-where.js';
import { effectsText, settlesText } from './screen/action-text.js';
import { caseName } from './selection.js';
import { verdictOf } from './verdict.js';

/** Bytes of one text. The body of an issue holds 65,536 characters. */
const LONGEST = 300;
/** How many of each the body of an issue lists. House choices. */
const MOST = 50;

/** The body of an issue or a pull request: the plan as a checklist, the cases as a table, what is not known. */
export function markdownReport({ report, plan, cases }: Judged, { program }: ReadWhere): Printed {
  const { severity, where, counts } = verdictOf(report);
  const verdict =
    severity === undefined
      ? escaped(counts)
      : `**${severity}** in ${escaped(where)}: ${escaped(counts)}`;
  const blocks = [
    [
      '## Conntrack audit',
      '',
      verdict,
      '',
      escaped(`${placeText(report)}, ${report.startedAt}, run ${report.runId}`),
    ],
    plan.actions.length === 0
      ? []
      : [
          '### What to do',
          '',
          ...listed(
            plan.actions.map((one) => actionText(one, program)),
            'action',
          ),
        ],
    cases.length === 0 ? [] : ['### Cases', '', ...caseTable(cases)],
    report.silent.length === 0
      ? []
      : [
          '### Not known',
          '',
          `- ${plural(report.silent.length, 'node')} could not be read, and are not known to be well`,
        ],
    (report.gaps ?? []).length === 0
      ? []
      : [
          '### Not told',
          '',
          ...listed(
            groupedGaps(report.gaps ?? []).map((one) => `- ${escaped(one)}`),
            'gap',
          ),
        ],
  ];
  const lines = blocks.filter((block) => block.length > 0);
  return printedRows(lines.flatMap((block, at) => (at === 0 ? block : ['', ...block])));
}

function actionText(action: Action, program: string): string {
  const { title, command } = action;
  const effects = effectsText(action);
  const detail = escaped([settlesText(action), ...(effects === '' ? [] : [effects])].join(': '));
  const files = command?.name === 'fix' ? `; files: ${code(commandText(command, program))}` : '';
  return `- [ ] **${escaped(title)}** (${detail})${files}`;
}

function caseTable(cases: Judged['cases']): string[] {
  const rows = cases.map(({ severity, affected, nodes, worst, findings, ...place }) => {
    const full = worst === undefined ? '' : percent(worst.entries / worst.max);
    const signs = [...new Set(findings.map(({ rule }) => rule))].join(', ');
    const cells = [severity, caseName(place), `${count(affected)} of ${count(nodes)}`, full, signs];
    return `| ${cells.map(escaped).join(' | ')} |`;
  });
  const head = [
    '| severity | where | nodes | fullest | signs |',
    '| --- | --- | --- | ---: | --- |',
  ];
  return [...head, ...listed(rows, 'case')];
}

function listed(lines: readonly string[], what: string): string[] {
  const more = lines.length - MOST;
  return [
    ...lines.slice(0, MOST),
    ...(more > 0 ? ['', `and ${plural(more, `more ${what}`)}`] : []),
  ];
}

/** Text that means only itself: no link, no mention, no reference, no markup and no HTML. */
export function escaped(text: string): string {
  return cut(withSpaces(oneLine(text)), LONGEST)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~^$]/g, (one) => `\\${one}`)
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, (one) => `${one.slice(0, 3)}&#46;`);
}

/** A command as code: it cannot hold a backtick, which ends it. */
function code(text: string): string {
  return `\`${cut(oneLine(text), LONGEST).replaceAll('`', "'")}\``;
}
