import { silentReasons } from '../../node/silent-node.js';
import { count, percent, plural } from '../../text/format.js';
import { html, type Html } from './html.js';
import type { NodeRow } from './node-rows.js';

/** Rows of one page of the table. The script pages; without it the worst are there. */
export const PAGE_ROWS = 50;

const columns = ['Node', 'Cluster', 'Node group', 'Usage', 'Entries', 'Limit', 'Findings'] as const;
const numeric: readonly string[] = ['Usage', 'Entries', 'Limit'];

/** Every node in a table. The script adds filter, order, pages and raw facts to it. */
export function nodesSection(rows: readonly NodeRow[]): Html {
  const more = rows.length - PAGE_ROWS;
  const rest = more > 0 ? `: the ${PAGE_ROWS} worst` : '';
  return html`<section aria-labelledby="nodes">
    <h2 id="nodes">${plural(rows.length, 'node')}<span class="rest">${rest}</span></h2>
    <div id="controls"></div>
    <div class="wrap" role="region" aria-label="table of nodes" tabindex="0">
      <table class="big" id="table">
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col" ${numeric.includes(name) ? right : undefined}>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, PAGE_ROWS).map(rowLine)}
        </tbody>
      </table>
    </div>
    <div id="pager"></div>
  </section>`;
}

const right = html` class="r"`;

function rowLine(row: NodeRow): Html {
  const { node, entries, max, usage, mark } = row;
  const number = (value: number | undefined) => (value === undefined ? '' : count(value));
  return html`<tr>
    <th scope="row">
      <span class="dot ${mark}"></span>${node.instanceId} <small>${node.instanceType}</small>
    </th>
    <td>${node.cluster}</td>
    <td>${node.nodeGroup}</td>
    <td class="r">${usage === undefined ? '' : percent(usage)}</td>
    <td class="r">${number(entries)}</td>
    <td class="r">${number(max)}</td>
    <td>${findingsText(row)}</td>
  </tr>`;
}

/** What there is to say of a node in one cell: its findings, the worst first, or the reason of its silence. */
export function findingsText({ findings, silent, severity }: NodeRow): string {
  if (silent !== undefined) return `silent: ${silentReasons[silent]}`;
  const titles = [...new Set(findings.map(({ title }) => title))];
  return titles.length === 0 ? '' : `${severity ?? ''}: ${titles.join(' · ')}`;
}
