import type { Assessment } from '../../judge/finding.js';
import type { Policy } from '../../judge/policy.js';
import type { GroupCase } from '../../plan/group-case.js';
import type { GroupEffect } from '../../plan/plan.js';
import { count, percent } from '../../text/format.js';
import { boundText } from './actions.js';
import { doubtedIn, isDoubt } from './doubted.js';
import { html, type Html } from './html.js';
import { along, levelOf, zones } from './scale.js';

interface Bar {
  readonly label: string;
  readonly note?: string;
  readonly usage: number;
  readonly text: string;
  readonly isMeant?: boolean;
}

/** What each remedy makes of the fullest table of a case, beside today's usage and the whole plan's. */
export function remedyBars(one: GroupCase, planned: GroupEffect | undefined, policy: Policy): Html {
  const remedies = remediesOf(one);
  const { usage: today = usageOf(one), ...before } = planned?.before ?? {};
  const bars = remedies.flatMap(barOf);
  const whole: Bar[] =
    planned?.after.usage === undefined
      ? []
      : [
          {
            label: 'The whole plan',
            usage: planned.after.usage,
            text: boundText(planned.after),
            isMeant: true,
          },
        ];
  const now: Bar[] =
    today === undefined
      ? []
      : [
          {
            label: 'Today, at its peak',
            usage: today,
            text: boundText({ ...before, usage: today }),
          },
        ];
  const table = doubtedIn(one.findings).size === 0 ? 'table' : 'table whose reading is believed';
  const title = `What ${bars.length === 0 ? 'the plan' : 'each remedy'} would do to the fullest ${table}`;
  return html`${
    bars.length + whole.length === 0
      ? undefined
      : html`<h3>${title}</h3>
          <ul class="bars">
            ${[...now, ...whole, ...bars].map((bar) => barLine(bar, policy))}
          </ul>`
  }${otherRemedies(remedies)}`;
}

/**
 * Each remedy once, as the worst finding that asks for it weighs it. A reading that nobody believes weighs nothing: all
 * that it asks for is to be taken again.
 */
function remediesOf({ findings }: GroupCase): Assessment[] {
  const doubted = doubtedIn(findings);
  const weighed = findings.filter(
    (one) => isDoubt(one) || !doubted.has(one.nodes[0]?.instanceId ?? ''),
  );
  const byId = new Map<string, Assessment>();
  for (const remedy of weighed.flatMap(({ remedies }) => remedies)) {
    if (!byId.has(remedy.id)) byId.set(remedy.id, remedy);
  }
  return [...byId.values()];
}

function usageOf({ worst }: GroupCase): number | undefined {
  return worst && worst.entries / worst.max;
}

function barOf({ title, helps, enough, predicted }: Assessment): Bar[] {
  const { usage, limit, instanceType } = predicted;
  if (usage === undefined || helps !== true) return [];
  const room = limit === undefined ? [] : [`limit ${count(limit)}`];
  const type = instanceType === undefined ? [] : [instanceType];
  const notes = [...type, ...room, ...(enough === false ? ['not enough alone'] : [])];
  return [{ label: title, note: notes.join(', '), usage, text: boundText(predicted) }];
}

function barLine({ label, note = '', usage, text, isMeant }: Bar, policy: Policy): Html {
  const name = isMeant === true ? html`<b>${label}</b>` : label;
  return html`<li class="bar">
    <span class="bl">${name}${note === '' ? undefined : html` <small>${note}</small>`}</span
    ><svg class="bt" width="100%" height="14" aria-hidden="true">
      ${zones(policy)}
      <rect class="fill ${levelOf(usage, policy)}" width="${along(usage)}" y="2" height="10" /></svg
    ><span class="bv">${text}</span>
  </li>`;
}

function otherRemedies(remedies: readonly Assessment[]): Html | undefined {
  const said = (list: readonly Assessment[]) =>
    html`<ul>
      ${list.map(({ title, reason }) => html`<li><b>${title}</b>: ${reason}</li>`)}
    </ul>`;
  const maybe = remedies.filter(
    ({ helps, predicted }) => helps === null || (helps && predicted.usage === undefined),
  );
  const not = remedies.filter(({ helps }) => helps === false);
  return html`${
    maybe.length === 0
      ? undefined
      : html`<h3>What helps without a number</h3>
          ${said(maybe)}`
  }
  ${
    not.length === 0
      ? undefined
      : html`<details>
          <summary>What would not help here (${count(not.length)})</summary>
          ${said(not)}
        </details>`
  }`;
}

/** Today's fullest table of a case, for its first line. */
export function fullestText({ worst, findings }: GroupCase): Html {
  if (worst === undefined) return html`no table was read`;
  const { entries, max, instanceId } = worst;
  return html`fullest of them ${percent(entries / max)} of ${count(max)},
    <span class="nb">${instanceId}</span
    >${doubtedIn(findings).has(instanceId) ? ', doubtful' : ''}`;
}
