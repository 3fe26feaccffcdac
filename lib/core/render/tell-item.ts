import type { Finding } from '../judge/finding.js';
import { count, percent } from '../text/format.js';
import { withEscapes } from '../text/printable.js';
import { muteLine } from '../mutes/mute.js';
import type { TableState, Transition } from '../ledger/transition.js';
import { byteLength, shown } from './cut.js';

/** How long the mute that a message offers holds: a house choice. */
const MUTE_DAYS = 7;
/** Bytes of a line to copy. A cut line would do something else. */
const LONGEST_COPY = 500;

/** Where a finding is: `storefront / web`. */
export function placeOf({ cluster, nodeGroup }: Finding): string {
  return `${shown(cluster, 120)} / ${shown(nodeGroup, 120)}`;
}

/** A fix in numbers: `i-0a: 97% of 131,072 -> 39% of 262,144`; nothing if no table was read before. */
export function beforeAfter({ before, after }: Transition): string | undefined {
  if (before === undefined) return undefined;
  const now = after === undefined ? 'not read now' : tableText(after);
  return `${shown(before.instanceId, 60)}: ${tableText(before)} -> ${now}`;
}

function tableText({ entries, max }: TableState): string {
  return `${percent(entries / max)} of ${count(max)}`;
}

/**
 * The line that mutes a finding for a week from the audit on, to copy as it is. Characters of a name that
 * cannot be shown are escaped as in JSON, so that the line still names the same finding.
 */
export function muteOffer(finding: Finding, startedAt: string): string {
  const until = new Date(Date.parse(startedAt) + MUTE_DAYS * 86_400_000);
  const line = muteLine(finding, until.toISOString().slice(0, 10));
  return copied(withEscapes(line));
}

/** A line to copy, whole or not at all. */
export function copied(line: string): string {
  const text = shown(line, Infinity);
  return byteLength(text) <= LONGEST_COPY ? text : 'too long for a message; see the whole report';
}
