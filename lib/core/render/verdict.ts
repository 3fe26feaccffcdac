import type { Finding } from '../judge/finding.js';
import type { Report } from '../judge/report.js';
import { severities, type Severity } from '../judge/severity.js';
import { count, plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { bySeverity, findingsOfRead } from './judged.js';
import { unreadText } from './names.js';

/** How many clusters, and how many node groups of each, a verdict names. House choices. */
const CLUSTERS_NAMED = 3;
const GROUPS_NAMED = 4;

/** The verdict of a whole audit. */
export interface Verdict {
  /** The worst that was found on nodes that were read. Absent: nothing. */
  readonly severity?: Severity;
  /** `storefront (checkout, edge, web)`: where the worst is. */
  readonly where: string;
  /** `4 critical, 19 warning, 7 notice on 58 of 118 nodes read; 19 nodes silent`. */
  readonly counts: string;
}

export function verdictOf(report: Report): Verdict {
  const found = findingsOfRead(report);
  const severity = severities.find((one) => found.some((finding) => finding.severity === one));
  const worst = found.filter((finding) => finding.severity === severity);
  return {
    ...(severity !== undefined && { severity }),
    where: placesText(worst),
    counts: countsText(report, found),
  };
}

/** One line with the verdict of the whole audit: `4 critical on 2 of 118 nodes read; 19 nodes silent`. */
export function headline(report: Report): string {
  return countsText(report, findingsOfRead(report));
}

function countsText({ nodes, clusters }: Report, found: readonly Finding[]): string {
  const unread = unreadText(nodes);
  const lead = unread === undefined ? '' : `${unread}; `;
  const ids = new Set(found.flatMap((finding) => finding.nodes.map((node) => node.instanceId)));
  const read = `${plural(nodes.read, 'node')} read`;
  const on =
    nodes.discovered === 0
      ? ` on 0 nodes of ${plural(clusters.length, 'cluster')}`
      : ids.size === 0
        ? ` on ${read}`
        : ` on ${count(ids.size)} of ${read}`;
  const silent = nodes.silent === 0 ? '' : `; ${plural(nodes.silent, 'node')} silent`;
  return `${lead}${bySeverity(found) || 'no findings'}${on}${silent}`;
}

function placesText(findings: readonly Finding[]): string {
  const clusters = [...groupBy(findings, ({ cluster }) => cluster)];
  const named = clusters
    .slice(0, CLUSTERS_NAMED)
    .map(([cluster, all]) => `${cluster}${groupsText([...new Set(all.map(groupOf))])}`);
  return listed(named, clusters.length);
}

function groupOf({ nodeGroup }: Finding): string {
  return nodeGroup;
}

function groupsText(groups: readonly string[]): string {
  const named = groups.filter((one) => one !== '*');
  if (named.length === 0) return '';
  return ` (${listed(named.slice(0, GROUPS_NAMED), named.length)})`;
}

function listed(named: readonly string[], all: number): string {
  const more = all - named.length;
  return [...named, ...(more > 0 ? [`and ${count(more)} more`] : [])].join(', ');
}
