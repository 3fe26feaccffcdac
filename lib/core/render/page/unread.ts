import { silentReasons, type SilentNode, type SilentReason } from '../../node/silent-node.js';
import { count, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { firstStep, recommendationOf } from '../recommendation.js';
import { gapText } from '../gap-text.js';
import { html, type Html } from './html.js';
import { keptIds } from './kept-ids.js';
import type { PageParts } from './page-parts.js';

const NODES_NAMED = 12;
const LISTED = 30;

/** What is not known: silent nodes by reason, gaps, and what no rule could judge. */
export function unreadSection(parts: PageParts, program: string): Html {
  const { silent, gaps = [], notes = [], unjudged } = parts.report;
  const byReason = [...groupBy(silent, ({ reason }) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return html`<section aria-labelledby="silent">
    <h2 id="silent">
      ${silent.length === 0 ? 'No silent node' : plural(silent.length, 'silent node')}
    </h2>
    ${
      silent.length === 0
        ? html`<p>Every node that was found was read.</p>`
        : html`<ul class="sil">
            ${byReason.map(([reason, nodes]) => reasonItem(parts, reason, nodes, program))}
          </ul>`
    }
    ${list('Gaps: what the services would not tell', gaps.map(gapText))} ${list('Notes', notes)}
    ${
      unjudged.length === 0
        ? undefined
        : html`<details>
            <summary>What no rule could judge (${count(unjudged.length)})</summary>
            <ul>
              ${unjudged.slice(0, LISTED).map(({ rule, verdict, because, nodes }) => html`<li><code>${rule}</code> ${verdict === 'crashed' ? 'crashed' : 'has no opinion'} on ${plural(nodes.length, 'node')}: ${because}</li>`)}
            </ul>
          </details>`
    }
  </section>`;
}

function reasonItem(
  { report }: PageParts,
  reason: SilentReason,
  nodes: readonly SilentNode[],
  program: string,
): Html {
  const ids = new Set(nodes.map(({ instanceId }) => instanceId));
  const finding = report.findings.find((one) => one.nodes.some((node) => ids.has(node.instanceId)));
  const remedy = finding && recommendationOf(finding);
  const step = remedy && firstStep(remedy, program);
  const places = groupBy(nodes, ({ cluster, nodeGroup }) => `${cluster} / ${nodeGroup}`);
  return html`<li>
    <b>${count(nodes.length)} <code>${reason}</code></b
    >: ${silentReasons[reason]}
    ${step === undefined ? undefined : html`<span class="fp">First: ${step}</span>`}
    ${[...places].slice(0, LISTED).map(([place, members]) => html`<span class="fp">${place}: ${keptIds(namesText(members))}</span>`)}
    ${places.size > LISTED ? html`<span class="fp">and ${count(places.size - LISTED)} more node groups</span>` : undefined}
  </li>`;
}

function namesText(nodes: readonly SilentNode[]): string {
  const named = nodes.slice(0, NODES_NAMED).map(({ instanceId }) => instanceId);
  const more = nodes.length - named.length;
  return `${named.join(', ')}${more === 0 ? '' : ` and ${count(more)} more`}`;
}

function list(title: string, lines: readonly string[]): Html | undefined {
  if (lines.length === 0) return undefined;
  const more = lines.length - LISTED;
  return html`<h3>${title}</h3>
    <ul>
      ${lines.slice(0, LISTED).map((line) => html`<li>${line}</li>`)}
    </ul>
    ${more > 0 ? html`<p class="none">and ${count(more)} more</p>` : undefined}`;
}
