import type { Policy } from '../../judge/policy.js';
import type { UsageAt } from '../../node/snapshot.js';
import { ago } from '../../text/ago.js';
import { percent } from '../../text/format.js';
import { html, type Html } from './html.js';
import type { NodeRow } from './node-rows.js';
import { levelOf, round } from './scale.js';

/** Lines in one case. A house choice. */
const LINES_SHOWN = 3;
const HEIGHT = 56;
const TOP = 1.1;

/** The usages of the last audits of the fullest nodes; nothing where this is the first that read them. */
export function timeLines(rows: readonly NodeRow[], policy: Policy): Html | undefined {
  const known = rows.filter(({ facts }) => (facts?.trend?.length ?? 0) > 1).slice(0, LINES_SHOWN);
  if (known.length === 0) return undefined;
  return html`<h3>
      The last audits (dotted: ${percent(policy.warningUsage)} and ${percent(policy.criticalUsage)})
    </h3>
    <ul class="lines">
      ${known.map(({ node, facts }) => timeLine(node.instanceId, facts?.trend ?? [], policy))}
    </ul>`;
}

function timeLine(name: string, trend: readonly UsageAt[], policy: Policy): Html {
  const [first] = trend;
  const last = trend.at(-1);
  if (first === undefined || last === undefined) return html``;
  const span = Math.max(1, first.secondsAgo - last.secondsAgo);
  const points = trend.map((at) => {
    const x = ((first.secondsAgo - at.secondsAgo) / span) * 300;
    return `${round(x)},${round(y(at.entries / at.max))}`;
  });
  const now = last.entries / last.max;
  const before = `${percent(first.entries / first.max)} ${ago(Math.max(0, first.secondsAgo))}`;
  const step = limitSteps(trend);
  return html`<li>
    <span class="bl">${name} <small>${before}, ${percent(now)} now${step}</small></span>
    <svg
      class="tl"
      viewBox="0 0 300 ${HEIGHT}"
      preserveAspectRatio="none"
      height="${HEIGHT}"
      width="100%"
      role="img"
      aria-label="${name}: usage from ${before} to ${percent(now)} now, in ${trend.length} audits"
    >
      <line class="tw" x2="300" y1="${y(policy.warningUsage)}" y2="${y(policy.warningUsage)}" />
      <line class="tc" x2="300" y1="${y(policy.criticalUsage)}" y2="${y(policy.criticalUsage)}" />
      <polyline class="path ${levelOf(now, policy)}" points="${points.join(' ')}" />
    </svg>
  </li>`;
}

function y(usage: number): number {
  return round(HEIGHT - (Math.min(usage, TOP) / TOP) * HEIGHT);
}

/** A usage that fell may be a limit that grew. */
function limitSteps(trend: readonly UsageAt[]): string {
  const limits = new Set(trend.map(({ max }) => max));
  return limits.size > 1 ? '; the limit changed on the way' : '';
}
