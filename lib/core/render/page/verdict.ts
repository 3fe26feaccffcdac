import type { Finding } from '../../judge/finding.js';
import { severities, type Severity } from '../../judge/severity.js';
import { count, percent, plural } from '../../text/format.js';
import { placeText, unreadText } from '../names.js';
import { html, type Html } from './html.js';
import type { NodeRow } from './node-rows.js';
import type { PageParts } from './page-parts.js';

/** `4 critical, all in storefront; 9 of 102 tables at 75% or more`. Silent nodes are no finding here. */
export function verdictText(parts: PageParts): string {
  const { evidence, report, policy } = parts;
  const unread = unreadText(report.nodes);
  const tables = evidence.snapshots.flatMap(({ facts: { table } }) => table ?? []);
  const near = tables.filter(({ entries, max }) => entries / max >= policy.warningUsage).length;
  const usage = `${count(near)} of ${plural(tables.length, 'table')} at ${percent(policy.warningUsage)} or more`;
  return [...(unread === undefined ? [] : [unread]), worstText(findingsOf(parts)), usage].join(
    '; ',
  );
}

/** The findings about nodes that were read. */
function findingsOf({ evidence, report }: PageParts): Finding[] {
  const silent = new Set(evidence.silent.map(({ instanceId }) => instanceId));
  return report.findings.filter(({ nodes }) => !nodes.every((one) => silent.has(one.instanceId)));
}

const words: Readonly<Record<Severity, (amount: number) => string>> = {
  critical: (amount) => `${count(amount)} critical`,
  warning: (amount) => `none critical, ${plural(amount, 'warning')}`,
  notice: (amount) => `none critical, ${plural(amount, 'notice')}`,
};

function worstText(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return 'no findings';
  const worst = findings.filter(({ severity }) => severity === first.severity);
  const clusters = new Set(worst.map(({ cluster }) => cluster));
  const where =
    clusters.size === 1 ? `in ${first.cluster}` : `in ${plural(clusters.size, 'cluster')}`;
  return `${words[first.severity](worst.length)}, ${worst.length > 1 && clusters.size === 1 ? 'all ' : ''}${where}`;
}

/** The top of the page: the verdict, what was audited, and how many of what there are. */
export function verdictHeader(parts: PageParts, rows: readonly NodeRow[]): Html {
  const { report } = parts;
  const { nodes, clusters, startedAt, runId } = report;
  return html`<header>
    <h1>${verdictText(parts)}</h1>
    <p class="sub">
      Conntrack audit of ${placeText(report)}, ${timeText(startedAt)} ·
      ${plural(clusters.length, 'cluster')} · ${plural(nodes.discovered, 'node')}:
      ${count(nodes.read)} read, ${count(nodes.silent)} silent · run <code>${runId}</code>
    </p>
    ${tiles(parts, rows)}
  </header>`;
}

function tiles(parts: PageParts, rows: readonly NodeRow[]): Html {
  const findings = findingsOf(parts);
  const fine = rows.filter((row) => row.silent === undefined && row.severity === undefined).length;
  const tile = (kind: string, href: string, amount: number, what: string) =>
    html`<li>
      <a class="tile ${kind}" href="${href}"><b>${count(amount)}</b> <span>${what}</span></a>
    </li>`;
  return html`<ul class="tiles">
    ${severities.map((severity) => {
      const these = findings.filter((one) => one.severity === severity);
      const nodes = new Set(these.flatMap((one) => one.nodes.map(({ instanceId }) => instanceId)));
      const amount = these.length;
      const what = severity === 'critical' ? severity : `${severity}${amount === 1 ? '' : 's'}`;
      return tile(severity, '#cases', amount, `${what} · ${plural(nodes.size, 'node')}`);
    })}${tile('silent', '#silent', parts.report.nodes.silent, 'silent nodes')}${tile('good', '#nodes', fine, 'nodes without a finding')}
  </ul>`;
}

/** `2026-11-27 11:00 UTC`; a time that is none as it is. */
function timeText(time: string): string {
  const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(time) ?? [];
  return date === undefined || clock === undefined ? time : `${date} ${clock} UTC`;
}
