import type { Cluster } from '../../node/fleet.js';
import { count, percent, plural } from '../../text/format.js';
import { groupRows, typesText, type GroupRow } from './group-rows.js';
import { html, type Html } from './html.js';
import type { NodeRow } from './node-rows.js';
import type { PageParts } from './page-parts.js';
import { along } from './scale.js';
import { isBinned, strip } from './strip.js';

/** In a fleet with more node groups, those without a finding share one row for each cluster. A house choice. */
const ROWS_SHOWN = 60;

/** What is drawn in one row: a node group, or several. */
interface Line {
  readonly name: string;
  readonly rows: readonly NodeRow[];
}

/** Every node as a mark of its usage, by cluster and node group. */
export function fleetSection(parts: PageParts, rows: readonly NodeRow[]): Html {
  const clusters = [...groupRows(rows)];
  const groups = clusters.reduce((sum, [, { length }]) => sum + length, 0);
  const most = Math.max(3, Math.floor(ROWS_SHOWN / Math.max(1, clusters.length)));
  const drawn = clusters.map(([name, all]) => ({
    name,
    lines: groups > ROWS_SHOWN ? fewLines(all, most) : all.map(lineOf),
  }));
  return html`<section aria-labelledby="fleet">
    <h2 id="fleet">How full every table is</h2>
    ${legend(
      parts,
      drawn.flatMap(({ lines }) => lines),
    )}${axis(parts)}
    ${drawn.map(({ name, lines }) => clusterBlock(parts, name, lines))}
  </section>`;
}

function clusterBlock({ evidence, policy }: PageParts, name: string, lines: readonly Line[]): Html {
  const cluster = evidence.fleet.clusters.find((one) => one.name === name);
  return html`<h3>${name} <small>${versionText(cluster)}</small></h3>
    ${lines.map((line) => groupLine(line, policy))}`;
}

function lineOf({ nodeGroup, rows }: GroupRow): Line {
  return { name: nodeGroup, rows };
}

/** The worst groups that have a finding, and one line for all others. */
function fewLines(groups: readonly GroupRow[], most: number): Line[] {
  const shown = groups.filter(hasFinding).slice(0, most);
  const rest = groups.filter((group) => !shown.includes(group));
  if (rest.length === 0) return shown.map(lineOf);
  const more = plural(rest.length, shown.length === 0 ? 'node group' : 'more node group');
  const name = rest.some(hasFinding) ? more : `${more} without a finding`;
  return [...shown.map(lineOf), { name, rows: rest.flatMap(({ rows }) => rows) }];
}

/** Whether a table of it was read, and something is to be said of one. */
function hasFinding({ rows }: GroupRow): boolean {
  return rows.some(({ mark, silent }) => silent === undefined && mark !== 'fine');
}

function versionText(cluster: Cluster | undefined): string {
  const { version, kubeProxyVersion } = cluster ?? {};
  const known = [
    ...(version === undefined ? [] : [`Kubernetes ${version}`]),
    ...(kubeProxyVersion === undefined ? [] : [`kube-proxy ${kubeProxyVersion}`]),
  ];
  return known.join(', ');
}

function groupLine({ name, rows }: Line, policy: PageParts['policy']): Html {
  const silent = rows.filter((row) => row.silent !== undefined).length;
  const usages = rows.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const fullest = usages.reduce((most, usage) => Math.max(most, usage), 0);
  const quiet = silent === 0 ? undefined : html` <small>${count(silent)} silent</small>`;
  const doubt = rows.some((row) => row.isDoubted && row.usage === fullest)
    ? html` <small>doubtful</small>`
    : undefined;
  const label = html`<div class="g"><b>${name}</b> <small>${typesText(rows)}</small></div>`;
  if (usages.length === 0)
    return html`<div class="row">
      ${label}
      <div class="s none">no table was read</div>
      <div class="q">${quiet}</div>
    </div>`;
  return html`<div class="row">
    ${label}
    <div class="s">${strip(rows, policy, words(name, rows, fullest))}</div>
    <div class="q"><b>${percent(fullest)}</b>${doubt}${quiet}</div>
  </div>`;
}

/** What a picture of a group says to whoever hears it. */
function words(name: string, rows: readonly NodeRow[], fullest: number): string {
  const amount = (mark: string) => rows.filter((row) => row.mark === mark).length;
  const parts = [
    `${name}: ${plural(rows.length, 'node')}, the fullest at ${percent(fullest)}`,
    ...said(amount('critical'), 'critical'),
    ...said(amount('warning'), 'with a warning'),
    ...said(amount('later'), 'fine now, not after an upgrade or a restart'),
    ...said(rows.filter(({ wasFull }) => wasFull).length, 'full lately'),
  ];
  return parts.join('; ');
}

function said(amount: number, what: string): string[] {
  return amount === 0 ? [] : [`${count(amount)} ${what}`];
}

function axis({ policy }: PageParts): Html {
  const at = [0, 0.25, 0.5, policy.warningUsage, policy.criticalUsage];
  return html`<div class="row axis" aria-hidden="true">
    <div></div>
    <div class="s">
      <svg width="100%" height="16">
        ${at.map((usage) => html`<text x="${along(usage)}" y="12" text-anchor="${usage === 0 ? 'start' : 'middle'}">${percent(usage)}</text>`)}
      </svg>
    </div>
    <div class="q">fullest</div>
  </div>`;
}

const key = (mark: string, text: string): Html =>
  html`<li>
    <svg width="16" height="16" aria-hidden="true">
      <svg x="8" y="8" overflow="visible"><use href="#m-${mark}" class="m ${mark}" /></svg>
    </svg>
    ${text}
  </li>`;

function legend({ policy }: PageParts, lines: readonly Line[]): Html {
  const binned = lines.some(({ rows }) => isBinned(rows));
  return html`<ul class="legend">
    ${key('critical', 'critical')}${key('warning', 'warning')}${key('notice', 'notice')}${key('fine', 'fine')}
    ${key('later', 'fine now, not after an upgrade or a restart')}${key('was', 'was full lately')}${key('beyond', 'beyond the limit')}
    <li>shaded: from ${percent(policy.warningUsage)} and from ${percent(policy.criticalUsage)}</li>
    ${binned ? html`<li>many nodes: a bar for each 2.5%, in the colour of the worst of it</li>` : undefined}
  </ul>`;
}
