import type { Report } from '../../judge/report.js';
import { silentReasons, type SilentNode, type SilentReason } from '../../node/silent-node.js';
import { count, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { hanging, strong, type Line } from '../lines.js';

/** Reasons that are said in words, and places that a line names. House choices. */
const IN_WORDS = 3;
const PLACES = 2;

/** Nodes that could not be read, by reason, those of most nodes first. */
export function silentBlock({ silent, nodes }: Report): Line[] {
  if (silent.length === 0) return [];
  const reasons = [...groupBy(silent, ({ reason }) => reason)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  const isSaid = (all: readonly SilentNode[], at: number) =>
    reasons.length <= IN_WORDS || (at < IN_WORDS && all.length > 1);
  const said = reasons.filter(([, all], at) => isSaid(all, at));
  const rest = reasons.filter(([, all], at) => !isSaid(all, at));
  const others = rest.flatMap(([, all]) => all);
  return [
    [
      strong('Silent'),
      ` (${count(silent.length)} of ${plural(nodes.discovered, 'node')} could not be read, and are not known to be well)`,
    ],
    ...said.map(([reason, all]) =>
      hanging(lead(all.length), `${silentReasons[reason]} (${placesText(all)})`),
    ),
    ...(others.length === 0
      ? []
      : [
          hanging(lead(others.length), `${rest.map(shortText).join(', ')} (${placesText(others)})`),
        ]),
  ];
}

/** `timed-out`, or `timed-out 3`. */
function shortText([reason, all]: readonly [SilentReason, readonly SilentNode[]]): string {
  return all.length === 1 ? reason : `${reason} ${count(all.length)}`;
}

function lead(many: number): string {
  return `${count(many).padStart(5)}  `;
}

function placesText(all: readonly SilentNode[]): string {
  const places = [...new Set(all.map(({ cluster, nodeGroup }) => `${cluster}/${nodeGroup}`))];
  const more = places.length - PLACES;
  return [...places.slice(0, PLACES), ...(more > 0 ? [`and ${count(more)} more`] : [])].join(', ');
}
