import { OWN_NAME, stepTexts } from './command-text.js';
import type { Assessment, Finding, NodeFinding } from '../judge/finding.js';
import type { Gap } from '../node/gap.js';
import { count, plural } from '../text/format.js';
import type { Report, Unjudged } from '../judge/report.js';
import { cut } from './cut.js';
import { gapText } from './gap-text.js';
import {
  faint,
  good,
  hanging,
  printedLines,
  spaced,
  strong,
  type Line,
  type Printed,
} from './lines.js';
import { placeText } from './names.js';
import { plain, type Paint } from './paint.js';
import type { Fit } from './fit.js';
import { NOT_ENOUGH, usageText } from './recommendation.js';
import { headline } from './verdict.js';

/** How many nodes of one finding to name, and how many gaps. House choices. */
const NODES_SHOWN = 5;
const GAPS_SHOWN = 20;

/** The whole report: each finding with each remedy. Ends with a line break. */
export function textReport(
  report: Report,
  paint: Paint = plain,
  program: string = OWN_NAME,
  fit: Fit = {},
): Printed {
  const blocks = [
    heading(report),
    ...report.findings.map((finding) => findingBlock(finding, program)),
    gapBlock(report.gaps ?? []),
    unjudgedBlock(report.unjudged),
    notesBlock(report.notes ?? []),
  ];
  return printedLines(spaced(blocks), paint, fit);
}

function heading(report: Report): Line[] {
  const { nodes, runId, startedAt } = report;
  return [
    [strong(`conntrack audit: ${headline(report)}`)],
    `${plural(nodes.discovered, 'node')} discovered = ${count(nodes.read)} read + ${count(nodes.silent)} silent`,
    [faint(`${placeText(report)}, ${startedAt}, run ${runId}`)],
  ];
}

/** One finding with its nodes, and every remedy that was weighed. */
export function findingBlock(finding: Finding, program: string): Line[] {
  const { severity, rule, cluster, nodeGroup, title, summary, why } = finding;
  const where = strong(`${cut(cluster, 200)} / ${cut(nodeGroup, 200)}`);
  return [
    [{ style: severity, text: severity.toUpperCase() }, '  ', where, '  ', faint(rule)],
    `  ${title}`,
    `  ${cut(summary, 400)}`,
    ...(why === undefined ? [] : [hanging('  Why:   ', cut(why, 600))]),
    ...nodeLines(finding),
    ...finding.remedies.flatMap((remedy, at) => remedyLines(remedy, at, program)),
  ];
}

function nodeLines({ nodes }: Finding): Line[] {
  if (nodes.length < 2) return [];
  const shown = nodes.slice(0, NODES_SHOWN);
  const more = nodes.length - shown.length;
  const rest = more === 0 ? [] : [`and ${plural(more, 'more node')}`];
  const alike = shown.every(({ summary }) => summary === shown[0]?.summary);
  const lines = alike
    ? [[...shown.map(({ instanceId }) => instanceId), ...rest].join(', ')]
    : [...shown.map(nodeLine), ...rest];
  return lines.map((line) => hanging('    ', faint(cut(line, 200))));
}

function nodeLine({ instanceId, instanceType, summary }: NodeFinding): string {
  return `${instanceId} (${instanceType}): ${summary}`;
}

function remedyLines(remedy: Assessment, at: number, program: string): Line[] {
  const { helps, id, title, reason } = remedy;
  const lead = helps === null ? 'Maybe:' : helps ? (at === 0 ? 'Do:' : 'Or:') : 'Not:';
  const text = `${title} (${id})${predicted(remedy)}: ${cut(reason, 1_000)}`;
  const isBest = helps === true && at === 0;
  const steps = isBest ? stepTexts(remedy, program) : [];
  return [
    hanging(`  ${lead.padEnd(6)} `, isBest ? good(text) : text),
    ...steps.map((step) => hanging('           - ', faint(cut(step, 600)))),
  ];
}

function predicted({ predicted, enough }: Assessment): string {
  const { limit, usage } = predicted;
  if (limit === undefined || usage === undefined) return '';
  const alone = enough === false ? `, ${NOT_ENOUGH}` : '';
  return ` -> limit ${count(limit)}, ${usageText(predicted)}${alone}`;
}

function gapBlock(gaps: readonly Gap[]): Line[] {
  if (gaps.length === 0) return [];
  const more = gaps.length - GAPS_SHOWN;
  return [
    [strong('Not known')],
    ...gaps.slice(0, GAPS_SHOWN).map((gap) => `  ${cut(gapText(gap), 600)}`),
    ...(more > 0 ? [`  and ${count(more)} more: --json has all`] : []),
  ];
}

function unjudgedBlock(unjudged: readonly Unjudged[]): Line[] {
  if (unjudged.length === 0) return [];
  const lines = unjudged.map(({ rule, verdict, because, nodes }) => {
    const what = verdict === 'crashed' ? 'the rule crashed' : 'no opinion';
    return `  ${rule}: ${what} on ${plural(nodes.length, 'node')}, ${cut(because, 200)}`;
  });
  return [[strong('Not judged')], ...lines];
}

function notesBlock(notes: readonly string[]): Line[] {
  if (notes.length === 0) return [];
  return [[strong('Notes')], ...notes.map((note) => `  ${cut(note, 600)}`)];
}
