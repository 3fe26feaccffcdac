import type { Policy } from '../../judge/policy.js';
import { count, percent, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { marks } from './group-rows.js';
import { html, type Html } from './html.js';
import type { Mark, NodeRow } from './node-rows.js';
import { along, round, zones } from './scale.js';

/** A group with more nodes is drawn in bins. House choices. */
const MOST_MARKS = 60;
const MOST_STACKED = 4;
/** Width of a bin; the usual thresholds lie between two. */
const BIN = 0.025;
const ROW = 26;
const STEP = 11;

/** The usage of every node of a group: a mark each, or bins where they are many. */
export function strip(rows: readonly NodeRow[], policy: Policy, words: string): Html {
  const read = rows.filter(({ usage }) => usage !== undefined);
  const bins = groupBy(read, binOf);
  const deepest = [...bins.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const inBins = isBinned(rows);
  const height = inBins ? 2 * ROW : ROW + Math.max(0, deepest - 1) * STEP;
  const drawn = inBins
    ? [...bins].map(([bin, members]) => bar(bin, members, deepest, worstOf(bins.get(bin - 1))))
    : [...bins.values()].flatMap((members) =>
        members.map((row, at) => mark(row, height - ROW / 2 - at * STEP)),
      );
  return html`<svg class="strip" role="img" aria-label="${words}" width="100%" height="${height}">
    ${zones(policy)}
    <line class="ax" x2="100%" y1="${height}" y2="${height}" />
    ${drawn}
  </svg>`;
}

/** Whether the nodes of a group are too many for a mark each. */
export function isBinned(rows: readonly NodeRow[]): boolean {
  const read = rows.filter(({ usage }) => usage !== undefined);
  const stacked = [...groupBy(read, binOf).values()].some(({ length }) => length > MOST_STACKED);
  return read.length > MOST_MARKS || stacked;
}

function binOf({ usage = 0 }: NodeRow): number {
  return Math.floor(Math.min(usage, 1.06) / BIN + 1e-9);
}

function mark(row: NodeRow, y: number): Html {
  const { usage = 0, mark: kind, wasFull } = row;
  const shape = usage > 1.06 ? 'beyond' : kind;
  const was = wasFull && usage < 0.98;
  const ghost = html`<line
      class="ghost"
      x1="${along(usage)}"
      x2="${along(1)}"
      y1="${y}"
      y2="${y}"
    /><svg x="${along(1)}" y="${y}" overflow="visible"><use href="#m-was" class="m was" /></svg>`;
  return html`<g
    ><title>${nodeWords(row)}</title>${was ? ghost : undefined}<svg
      x="${along(usage)}"
      y="${y}"
      overflow="visible"
    >
      <use href="#m-${shape}" class="m ${kind}" /></svg
  ></g>`;
}

/** `i-1 (m5.large): 43%, 56,480 of 131,072; was full lately`. */
function nodeWords({
  node,
  usage = 0,
  entries = 0,
  max = 0,
  later,
  wasFull,
  isDoubted,
}: NodeRow): string {
  const next = later && `; ${percent(later.usage)} of the ${count(later.max)} to come`;
  const was = `${wasFull ? '; was full lately' : ''}${isDoubted ? '; a doubtful reading' : ''}`;
  return `${node.instanceId} (${node.instanceType}): ${percent(usage)}, ${count(entries)} of ${count(max)}${was}${next ?? ''}`;
}

function worstOf(members: readonly NodeRow[] = []): Mark {
  return marks.find((one) => members.some(({ mark }) => mark === one)) ?? 'fine';
}

/** The first of bars with one mark that stand side by side carries it. */
function bar(bin: number, members: readonly NodeRow[], deepest: number, before: Mark): Html {
  const worst = worstOf(members);
  const height = round(3 + (2 * ROW - 18) * Math.sqrt(members.length / deepest));
  const y = 2 * ROW - height;
  const [from, to] = [bin * BIN, (bin + 1) * BIN];
  const range = to > 1.06 ? `above ${percent(from)}` : `${percent(from)} to ${percent(to)}`;
  const flagged = members.filter(({ mark }) => mark !== 'fine').length;
  const words = `${plural(members.length, 'node')} at ${range}${flagged === 0 ? '' : `, ${count(flagged)} with findings`}`;
  const isFlagged = worst !== 'fine' && worst !== before;
  const width = round((BIN / 1.1) * 100 * 0.86);
  const flag = html`<svg x="${along(from + BIN / 2)}" y="${y - 8}" overflow="visible">
    <use href="#m-${worst}" class="m ${worst}" />
  </svg>`;
  return html`<g
    ><title>${words}</title
    ><rect
      class="bin ${worst}"
      x="${along(from)}"
      y="${y}"
      width="${width}%"
      height="${height}"
    />${isFlagged ? flag : undefined}</g
  >`;
}

/** The shapes of the marks, once for the page. */
export const shapes: Html = html`<svg
  class="defs"
  width="0"
  height="0"
  aria-hidden="true"
  focusable="false"
>
  <defs>
    <path id="m-critical" d="M0-7 7 6H-7z" />
    <path id="m-warning" d="M0-7 7 0 0 7-7 0z" />
    <path id="m-later" d="M0-7 7 0 0 7-7 0z" />
    <circle id="m-notice" r="5.5" />
    <circle id="m-fine" r="5.5" />
    <path id="m-was" d="M0-7 7 6H-7z" />
    <path id="m-beyond" d="M-6-7 7 0-6 7z" />
  </defs>
</svg>`;
