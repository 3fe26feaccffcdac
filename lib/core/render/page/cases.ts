import type { Finding } from '../../judge/finding.js';
import type { GroupCase } from '../../plan/group-case.js';
import type { Plan } from '../../plan/plan.js';
import { count, plural } from '../../text/format.js';
import { html, type Html } from './html.js';
import { keptIds } from './kept-ids.js';
import { limitPicture } from './limit-picture.js';
import type { NodeRow } from './node-rows.js';
import type { PageParts } from './page-parts.js';
import { fullestText, remedyBars } from './remedy-bars.js';
import { timeLines } from './time-line.js';

/** Cases with all that is known of them, and those with one line. House choices. */
const WHOLE = 60;
const LISTED = 240;
const NODES_NAMED = 8;

/** What is wrong, one story a node group. */
export function casesSection(parts: PageParts, rows: readonly NodeRow[], program: string): Html {
  const { cases } = parts;
  const whole = cases.slice(0, WHOLE);
  const listed = cases.slice(WHOLE, WHOLE + LISTED);
  const more = cases.length - whole.length - listed.length;
  return html`<section aria-labelledby="cases">
    <h2 id="cases">${cases.length === 0 ? 'No case' : plural(cases.length, 'case')}</h2>
    ${cases.length === 0 ? html`<p>No table that was read gives cause for one.</p>` : undefined}
    ${whole.map((one, at) => caseBlock(parts, one, rows, at))}
    ${
      listed.length === 0
        ? undefined
        : html`<ul class="left">
            ${listed.map((one) => html`<li>${headOf(one, [])}</li>`)}
          </ul>`
    }
    ${more <= 0 ? undefined : html`<p class="none">and ${count(more)} more: <code>${program} report --from &lt;run&gt;</code> has all</p>`}
  </section>`;
}

function caseBlock(parts: PageParts, one: GroupCase, rows: readonly NodeRow[], at: number): Html {
  const { plan, policy } = parts;
  const members = rows.filter(({ node }) => belongs(one, node.cluster, node.nodeGroup));
  const worst = members.find(({ node }) => node.instanceId === one.worst?.instanceId);
  const table = worst?.facts?.table;
  const picture = worst?.facts && table && limitPicture(worst.facts, table);
  const effect = plan.effects.find((item) => belongs(one, item.cluster, item.nodeGroup));
  const fullestFirst = [...members].sort((a, b) => (b.usage ?? 0) - (a.usage ?? 0));
  return html`<details class="case" id="c${at + 1}" ${at === 0 ? open : undefined}>
    <summary>${headOf(one, members)}</summary>
    <div class="fb">
      <ul class="signs">
        ${one.findings.map(signItem)}
      </ul>
      ${actionLinks(one, plan)} ${remedyBars(one, effect, policy)}
      ${picture}${one.why === undefined ? undefined : html`<p class="why">${one.why}</p>`}
      ${timeLines(fullestFirst, policy)}
    </div>
  </details>`;
}

const open = html` open`;

function belongs({ cluster, nodeGroup }: GroupCase, inCluster: string, inGroup: string): boolean {
  return cluster === inCluster && (nodeGroup === '*' || nodeGroup === inGroup);
}

function headOf(one: GroupCase, members: readonly NodeRow[]): Html {
  const { cluster, nodeGroup, severity, nodes, affected, findings } = one;
  const place = nodeGroup === '*' ? `${cluster}, whole cluster` : `${cluster} / ${nodeGroup}`;
  const full = members.filter(({ wasFull }) => wasFull).length;
  const signs = [...new Set(findings.map(({ title }) => title))].join(' · ');
  return html`<span class="pill ${severity}">${severity}</span>
    <span class="ct"><b>${place}</b> <span class="fp">${signs}</span></span>
    <span class="fa"
      >${count(affected)} of ${plural(nodes, 'node')} ·
      ${fullestText(one)}${full === 0 ? '' : ` · ${count(full)} full lately`}</span
    >`;
}

function signItem({ severity, title, summary, nodes }: Finding): Html {
  const named = nodes.slice(0, NODES_NAMED).map(({ instanceId }) => instanceId);
  const more = nodes.length - named.length;
  const who =
    nodes.length < 2
      ? undefined
      : html`<span class="fp"
          >${keptIds(named.join(', '))}${more === 0 ? '' : ` and ${count(more)} more`}</span
        >`;
  return html`<li>
    <span class="pill ${severity}">${severity}</span>
    <span><b>${title}</b>: ${keptIds(summary)}${who}</span>
  </li>`;
}

/** Which of the actions settle something of this case. */
function actionLinks({ findings }: GroupCase, { actions }: Plan): Html | undefined {
  const ids = new Set(findings.map(({ id }) => id));
  const links = actions.flatMap(({ settles, title }, at) =>
    settles.some(({ id }) => ids.has(id))
      ? [html`<li><a href="#a${at + 1}">${at + 1}. ${title}</a></li>`]
      : [],
  );
  if (links.length === 0) return html`<p class="none">No action of the plan settles this.</p>`;
  return html`<h3>To do</h3>
    <ul>
      ${links}
    </ul>`;
}
