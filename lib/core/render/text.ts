import { OWN_NAME, stepTexts } from './command-text.js';
import { severities } from '../judge/severity.js';
import type { Assessment, Finding, NodeFinding } from '../judge/finding.js';
import { count, plural } from '../text/format.js';
import { printable } from '../text/printable.js';
import type { Report, Unjudged } from '../judge/report.js';
import { plain, type Paint } from './paint.js';
import { NOT_ENOUGH, usageText } from './recommendation.js';

/** How many nodes of one finding to name. */
const NODES_SHOWN = 5;

/** The report for people, in a terminal or a mail. Ends with a line break. */
export function textReport(
  report: Report,
  paint: Paint = plain,
  program: string = OWN_NAME,
): string {
  const blocks = [
    heading(report, paint),
    ...report.findings.map((finding) => findingBlock(finding, paint, program)),
    unjudgedBlock(report.unjudged, paint),
    notesBlock(report.notes ?? [], paint),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** One line with the verdict of the whole audit. */
export function headline({ findings, nodes, clusters }: Report): string {
  const worst = severities
    .map((severity) => ({ severity, found: findings.filter((one) => one.severity === severity) }))
    .filter(({ found }) => found.length > 0)
    .map(({ severity, found }) => `${found.length} ${severity}`);
  const said = worst.length === 0 ? 'no findings' : worst.join(', ');
  return `${said} on ${plural(nodes.discovered, 'node')} of ${plural(clusters.length, 'cluster')}`;
}

function heading(report: Report, { strong, faint }: Paint): string {
  const { nodes, runId, region, startedAt } = report;
  return [
    strong(`conntrack audit: ${headline(report)}`),
    `${plural(nodes.discovered, 'node')} discovered = ${count(nodes.read)} read + ${count(nodes.silent)} silent`,
    faint(`${printable(region)}, ${printable(startedAt)}, run ${printable(runId)}`),
  ].join('\n');
}

function findingBlock(finding: Finding, paint: Paint, program: string): string {
  const { severity, rule, cluster, nodeGroup, title, summary, why } = finding;
  const where = `${printable(cluster)} / ${printable(nodeGroup)}`;
  const label = paint.severity[severity](severity.toUpperCase());
  return [
    `${label}  ${paint.strong(where)}  ${paint.faint(rule)}`,
    `  ${title}`,
    `  ${printable(summary, 400)}`,
    ...(why === undefined ? [] : [`  Why:   ${printable(why, 600)}`]),
    ...nodeLines(finding, paint),
    ...finding.remedies.flatMap((remedy, at) => remedyLines(remedy, at, paint, program)),
  ].join('\n');
}

function nodeLines({ nodes }: Finding, { faint }: Paint): string[] {
  if (nodes.length < 2) return [];
  const shown = nodes.slice(0, NODES_SHOWN);
  const more = nodes.length - shown.length;
  const rest = more === 0 ? [] : [`and ${plural(more, 'more node')}`];
  const alike = shown.every(({ summary }) => summary === shown[0]?.summary);
  const lines = alike
    ? [[...shown.map(({ instanceId }) => instanceId), ...rest].join(', ')]
    : [...shown.map(nodeLine), ...rest];
  return lines.map((line) => faint(`    ${printable(line, 200)}`));
}

function nodeLine({ instanceId, instanceType, summary }: NodeFinding): string {
  return `${instanceId} (${instanceType}): ${summary}`;
}

function remedyLines(
  remedy: Assessment,
  at: number,
  { good, faint }: Paint,
  program: string,
): string[] {
  const { helps, id, title, reason } = remedy;
  const lead = helps === null ? 'Maybe:' : helps ? (at === 0 ? 'Do:' : 'Or:') : 'Not:';
  const text = `${title} (${id})${predicted(remedy)}: ${reason}`;
  const line = `  ${lead.padEnd(6)} ${helps === true && at === 0 ? good(text) : text}`;
  const shown = helps === true && at === 0 ? stepTexts(remedy, program) : [];
  return [line, ...shown.map((step) => faint(`           - ${printable(step, 600)}`))];
}

function predicted({ predicted, enough }: Assessment): string {
  const { limit, usage } = predicted;
  if (limit === undefined || usage === undefined) return '';
  const alone = enough === false ? `, ${NOT_ENOUGH}` : '';
  return ` -> limit ${count(limit)}, ${usageText(predicted)}${alone}`;
}

function unjudgedBlock(unjudged: readonly Unjudged[], { strong }: Paint): string {
  if (unjudged.length === 0) return '';
  const lines = unjudged.map(({ rule, verdict, because, nodes }) => {
    const what = verdict === 'crashed' ? 'the rule crashed' : 'no opinion';
    return `  ${rule}: ${what} on ${plural(nodes.length, 'node')}, ${printable(because)}`;
  });
  return [strong('Not judged'), ...lines].join('\n');
}

function notesBlock(notes: readonly string[], { strong }: Paint): string {
  if (notes.length === 0) return '';
  return [strong('Notes'), ...notes.map((note) => `  ${printable(note, 600)}`)].join('\n');
}
