import type { Finding } from '../judge/finding.js';
import { count, percent } from '../text/format.js';
import { withEscapes } from '../text/printable.js';
import { muteLine } from '../mutes/mute.js';
import type { TableState, Transition } from '../ledger/transition.js';
import { byteLength, cut } from './cut.js';

/** How long the mute that a message offers holds: a house choice. */
const MUTE_DAYS = 7;
/** Bytes of a line to copy. A cut line would do something else. */
const LONGEST_COPY = 500;

/** Where a finding is: `storefront / web`. */
export function placeOf({ cluster, nodeGroup }: Finding): string {
  return `${cut(cluster, 120)} / ${cut(nodeGroup, 120)}`;
}

/** A fix in numbers: `i-0a: 97% of 131,072 -> 39% of 262,144`; nothing if no table was read before. */
export function beforeAfter({ before, after }: Transition): string | undefined {
  if (before === undefined) return undefined;
  const now = after === undefined ? 'not read now' : tableText(after);
  return `${cut(before.instanceId, 60)}: ${tableText(before)} -> ${now}`;
}

function tableText({ entries, max }: TableState): string {
  return `${percent(entries / max)} of ${count(max)}`;
}

/**
 * The line that mutes a finding for a week from the audit on, to copy as it is. Characters of a name that
 * cannot be shown are escaped as in JSON, so that the line still names the same finding.
 */
export function muteOffer(finding: Finding, startedAt: string): string {
  return copied(withEscapes(muteLine(finding, dayAfter(startedAt))));
}

/** The day on which it ends; a place to fill in where a damaged message does not say when it was written. */
function dayAfter(startedAt: string): string {
  const until = new Date(Date.parse(startedAt) + MUTE_DAYS * 86_400_000);
  return Number.isNaN(until.getTime()) ? '<date>' : until.toISOString().slice(0, 10);
}

/** A line to copy, whole or not at all. */
export function copied(line: string): string {
  return byteLength(line) <= LONGEST_COPY ? line : 'too long for a message; see the whole report';
}
