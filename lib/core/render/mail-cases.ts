import type { DigestGroup } from '../ledger/digest-plan.js';
import { plural } from '../text/format.js';
import { headOf } from './case-text.js';
import { changesText, sectionsOf, titleOf } from './changes.js';
import { byteLength, cut, textsWithin } from './cut.js';
import { printedLines, type Printed } from './lines.js';
import { mailCase } from './mail-case.js';
import { placeOf } from './tell-item.js';
import type { ToldCase } from './told-cases.js';
import { wrapped } from './wrapped.js';

/** Lines of cases that are told in full, cases that are told in a line, and rules that it names. House choices. */
const LINES_IN_FULL = 16;
const IN_BRIEF = 10;
const RULES_NAMED = 3;

const ALSO = 'ALSO';
/** Columns of `CRITICAL` and `RESOLVED`. */
const HEAD = 8;

type Block = readonly string[];

/**
 * The cases of a mail, raw: the worst in full, and more of them while those take no more than a glance; the next in
 * a line each; how many changes the rest has. All that within so many bytes, whole or not at all.
 */
export function caseBlocks(
  cases: readonly ToldCase[],
  groups: readonly DigestGroup[] | undefined,
  room: number,
): Block[] {
  const full = textsWithin(cases.slice(0, inFull(cases, groups)), room, (one) =>
    printed(mailCase(one, groups)),
  );
  const left = cases.slice(full.length);
  const used = full.reduce((sum, { text }) => sum + byteLength(text) + 1, byteLength(ALSO) + 2);
  const brief = textsWithin(left.slice(0, IN_BRIEF), room - used, (one) => printed(inBrief(one)));
  return [
    ...full.map(({ item }) => mailCase(item, groups)),
    brief.length === 0 ? [] : [ALSO, ...brief.flatMap(({ item }) => inBrief(item))],
    restOf(left.slice(brief.length)),
  ];
}

/** What is left out: how many changes of which kinds. */
export function restOf(left: readonly ToldCase[]): Block {
  const transitions = left.flatMap((one) => one.transitions);
  if (transitions.length === 0) return [];
  const kinds = changesText({ transitions, notes: [] });
  return wrapped(
    `${plural(transitions.length, 'more change')} (${kinds}) did not fit into this mail and can be read in the whole report.`,
  );
}

/** How many cases are told in full: the worst one, however long it is. */
function inFull(cases: readonly ToldCase[], groups: readonly DigestGroup[] | undefined): number {
  let lines = 0;
  const over = cases
    .slice(0, LINES_IN_FULL)
    .findIndex((one, at) => (lines += mailCase(one, groups).length) > LINES_IN_FULL && at > 0);
  return over === -1 ? LINES_IN_FULL : over;
}

/** `CRITICAL  storefront / checkout: new table-pressure, hot-node, +3`. */
function inBrief(told: ToldCase): Block {
  const changes = sectionsOf(told.transitions).map(({ kind, items }) => {
    const rules = [...new Set(items.map(({ finding }) => cut(finding.rule, 60)))];
    const more = rules.length - RULES_NAMED;
    const named = [...rules.slice(0, RULES_NAMED), ...(more > 0 ? [`+${more}`] : [])];
    return `${titleOf(kind).toLowerCase()} ${named.join(', ')}`;
  });
  const text = `${headOf(told).padEnd(HEAD)}  ${placeOf(told)}: ${changes.join('; ')}`;
  return wrapped(text, '    ', '  ');
}

function printed(lines: Block): Printed {
  return printedLines(lines);
}
