import type { Finding } from '../judge/finding.js';
import { count, percent } from '../text/format.js';
import type { TableState } from '../ledger/transition.js';
import { byteLength, cut } from './cut.js';

/** Bytes of a line to copy. A cut line would do something else. */
const LONGEST_COPY = 500;

/** Where it is: `storefront / web`. */
export function placeOf({ cluster, nodeGroup }: Pick<Finding, 'cluster' | 'nodeGroup'>): string {
  return `${cut(cluster, 120)} / ${cut(nodeGroup, 120)}`;
}

/** `97% of 131,072`. */
export function tableText({ entries, max }: TableState): string {
  return `${percent(entries / max)} of ${count(max)}`;
}

/** A line to copy, whole or not at all. */
export function copied(line: string): string {
  return byteLength(line) <= LONGEST_COPY ? line : 'too long for a message; see the whole report';
}
