import * as v from 'valibot';
import { fitting } from '../core/render/cut.js';
import { ROOM, shownItem, sizeOf } from './boundary.js';

/** Items before a page. Nothing has more. */
const MOST_OFFSET = 1_000_000;

/** The argument that pages through the list of an answer. */
export const paging = {
  offset: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0),
      v.maxValue(MOST_OFFSET),
      v.description('how many items to pass over: `left` of the answer before says which'),
    ),
    0,
  ),
};

/** The arguments that page through one of several lists. */
export function parting<const N extends readonly [string, ...string[]]>(names: N) {
  return {
    part: v.exactOptional(
      v.pipe(v.picklist(names), v.description('answer with this list alone, from `offset` on')),
    ),
    ...paging,
  };
}

/** What an answer had no room for, and how to ask for it. */
export interface Left {
  readonly list: string;
  readonly omitted: number;
  readonly ask: string;
}

export const leftSchema = v.pipe(
  v.array(v.object({ list: v.string(), omitted: v.number(), ask: v.string() })),
  v.description('what had no room here, and how to ask for it; empty: this is all'),
);

interface Asked {
  readonly part?: string;
  readonly offset: number;
}

type Lists = Readonly<Record<string, readonly unknown[]>>;

interface Within<L extends Lists> {
  readonly lists: { readonly [K in keyof L]: L[K][number][] };
  readonly left: readonly Left[];
}

/**
 * The items that an answer has room for. Without a part all lists begin, the first of them with the room that the
 * others leave; an offset alone is one of the first list.
 */
export function within<L extends Lists>(
  lists: L,
  { part, offset }: Asked,
  { documents = [], room = ROOM }: Bounds = {},
): Within<L> {
  const names = Object.keys(lists);
  const asked = part ?? (offset > 0 ? names[0] : undefined);
  const wanted = names.filter((name) => asked === undefined || asked === name);
  const from = asked === undefined ? 0 : offset;
  mustBeWithin(asked, lists, from);
  const chosen = new Map<string, readonly unknown[]>();
  let free = room;
  for (const [at, name] of [...wanted.entries()].reverse()) {
    const share = Math.floor(free / (at + 1));
    const items = itemsFrom(lists[name] ?? [], from, { documents, room: share });
    free -= sizeOf(items);
    chosen.set(name, items);
  }
  const words = (name: string) => (names.length === 1 ? '' : `part '${name}', `);
  const left = wanted.flatMap((name) => {
    const next = from + (chosen.get(name)?.length ?? 0);
    return leftOf(name, (lists[name]?.length ?? 0) - next, `${words(name)}offset ${next}`);
  });
  const all = Object.fromEntries(names.map((name) => [name, chosen.get(name) ?? []]));
  return { lists: all as Within<L>['lists'], left };
}

function leftOf(list: string, omitted: number, ask: string): Left[] {
  return omitted > 0 ? [{ list, omitted, ask }] : [];
}

function mustBeWithin(name: string | undefined, lists: Lists, offset: number): void {
  const length = name === undefined ? 0 : (lists[name]?.length ?? 0);
  if (name === undefined || offset === 0 || offset < length) return;
  const allowed = length === 0 ? '0' : `at most ${length - 1}`;
  throw new Error(`'offset' should be ${allowed}, as ${name} has ${length}, got ${offset}`);
}

interface Bounds {
  readonly documents?: readonly string[];
  readonly room?: number;
}

/** The items that fit, as they are shown. */
function itemsFrom(all: readonly unknown[], from: number, { documents, room }: Required<Bounds>) {
  // An item takes a byte or more, so no more of them can fit.
  const shown = all.slice(from, from + room).map((item) => shownItem(item, documents, room));
  return fitting(shown, room, sizeWithComma);
}

function sizeWithComma(item: unknown): number {
  return sizeOf(item) + 1;
}

/** What is left, as lines of a text. */
export function leftLines(left: readonly Left[]): string[] {
  return left.map(({ list, omitted, ask }) => `left out: ${omitted} of ${list}; ask with ${ask}`);
}
