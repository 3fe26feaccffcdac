import type { Effect } from '../../judge/finding.js';
import type { Action, GroupEffect, Plan } from '../../plan/plan.js';
import { shareText } from '../../measure/share.js';
import { count, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { commandText } from '../command-text.js';
import { html, type Html } from './html.js';
import { keptIds } from './kept-ids.js';
import type { PageParts } from './page-parts.js';

/** How much of a plan the page shows. House choices. */
const ACTIONS_SHOWN = 100;
/** The others are folded: the first screen is for what matters most. */
const FIRST = 6;
const EFFECTS_SHOWN = 8;
const LISTED = 40;
const SIGNS_SHOWN = 3;

/** What to do, in order, each with what it does to tables. */
export function planSection({ plan, report }: PageParts, program: string): Html {
  const shown = plan.actions.slice(0, ACTIONS_SHOWN);
  const more = plan.actions.length - shown.length;
  const none = html`<p>
    ${plan.unsettled.length === 0 ? 'Nothing has to be done.' : 'Nothing that is known helps.'}
  </p>`;
  const titles = new Map(report.findings.map(({ id, title }) => [id, title]));
  const items = shown.map((action, at) =>
    actionItem(action, at, signsText(action, titles), program),
  );
  const rest = items.slice(FIRST);
  const folded = html`<details class="rest-acts">
    <summary>${plural(rest.length, 'more action')}</summary>
    <ol class="acts" start="${FIRST + 1}">
      ${rest}
    </ol>
  </details>`;
  const list = html`<ol class="acts">
      ${items.slice(0, FIRST)}
    </ol>
    ${rest.length === 0 ? undefined : folded}`;
  return html`<section aria-labelledby="plan">
    <h2 id="plan">What to do, in this order</h2>
    ${shown.length === 0 ? none : list}
    ${more === 0 ? undefined : html`<p class="none">and ${count(more)} more: <code>${program} plan --from &lt;run&gt;</code> has all</p>`}
    ${unsettledBlock(plan)}${rejectedBlock(plan)}
  </section>`;
}

/** What an action is against, in the words of its findings: each once, the worst first. */
function signsText({ settles, eases = [] }: Action, titles: ReadonlyMap<string, string>): string {
  const signs = [...new Set([...settles, ...eases].flatMap(({ id }) => titles.get(id) ?? []))];
  const more = signs.length - SIGNS_SHOWN;
  return [...signs.slice(0, SIGNS_SHOWN), ...(more > 0 ? [`${count(more)} more`] : [])].join(' · ');
}

function actionItem(action: Action, at: number, signs: string, program: string): Html {
  const { settles, eases = [], nodes, effects, reason, steps, command, alternatives } = action;
  const title = titleOf(action);
  const amount =
    settles.length === 0
      ? `eases ${plural(eases.length, 'finding')}`
      : plural(settles.length, 'finding');
  const text = command && commandText(command, program);
  const shown = effects.filter(moves).slice(0, EFFECTS_SHOWN);
  return html`<li id="a${at + 1}">
    <div class="act">
      <b>${title}</b>
      <span class="c">${amount}, ${plural(nodes, 'node')}</span>
    </div>
    ${signs === '' ? undefined : html`<p class="fp">${signs}</p>`}
    ${
      shown.length === 0
        ? undefined
        : html`<ul class="effs">
            ${shown.map(effectItem)}
          </ul>`
    }
    <details>
      <summary>Why and how<span class="vh">: ${title}</span></summary>
      <p class="why">${reason}</p>
      <ol class="steps">
        ${steps.map((step) => html`<li>${step}</li>`)}
      </ol>
      ${text === undefined ? undefined : html`<p class="run"><code>${text}</code></p>`}
      ${
        alternatives.length === 0
          ? undefined
          : html`<p>In place of it:</p>
              <ul>
                ${alternatives.map((one) => html`<li><b>${one.title}</b>: ${one.reason}</li>`)}
              </ul>`
      }
      ${settles.length === 0 ? undefined : settledLine(action)}
    </details>
  </li>`;
}

function settledLine({ settles }: Action): Html {
  return html`<p>
    Settles:
    ${settles.slice(0, LISTED).map(({ id }, index) => html`${index === 0 ? '' : ', '}<code>${id}</code>`)}${settles.length > LISTED ? ` and ${count(settles.length - LISTED)} more` : ''}
  </p>`;
}

/** With the type that a resize means, where the title does not say it. */
function titleOf({ title, instanceType }: Action): string {
  return instanceType === undefined || title.includes(instanceType)
    ? title
    : `${title}, to ${instanceType}`;
}

/** Whether there is something to see: a number that rounds to the same is none. */
function moves({ before, after }: GroupEffect): boolean {
  return boundText(before) !== boundText(after);
}

function effectItem({ nodeGroup, before, after }: GroupEffect): Html {
  return html`<li>
    <span>${nodeGroup}</span> ${boundText(before)} <span aria-hidden="true">→</span
    ><span class="vh">becomes</span> <b>${boundText(after)}</b>
  </li>`;
}

/** `at least 50% ± 1%`; without a usage the limit, and without that `not known`. */
export function boundText({ usage, usageMargin: margin = 0, bound, limit }: Effect): string {
  if (usage !== undefined)
    return `${bound === undefined ? '' : `${bound} `}${shareText({ share: usage, margin })}`;
  return limit === undefined ? 'not known' : `limit ${count(limit)}`;
}

function unsettledBlock({ unsettled }: Plan): Html | undefined {
  if (unsettled.length === 0) return undefined;
  const shown = unsettled.slice(0, LISTED);
  const more = unsettled.length - shown.length;
  return html`<h3>What this does not settle</h3>
    <ul class="left">
      ${shown.map(
        ({ id, severity, why }) =>
          html`<li>
            <span class="pill ${severity}">${severity}</span>
            <span><code>${id}</code>: ${keptIds(why)}</span>
          </li>`,
      )}
    </ul>
    ${more === 0 ? undefined : html`<p class="none">and ${count(more)} more</p>`}`;
}

function rejectedBlock({ rejected }: Plan): Html | undefined {
  if (rejected.length === 0) return undefined;
  const byTitle = [...groupBy(rejected, ({ title }) => title)];
  return html`<details class="rej">
    <summary>What would not help, and why</summary>
    <ul>
      ${byTitle.map(
        ([title, all]) =>
          html`<li>
            <b>${title}</b>
            <ul>
              ${all.slice(0, LISTED).map(({ reason, findings }) => html`<li>${reason} <small>(${plural(findings.length, 'finding')})</small></li>`)}
            </ul>
          </li>`,
      )}
    </ul>
  </details>`;
}
