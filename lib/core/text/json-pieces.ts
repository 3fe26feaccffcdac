/** Characters of a piece: enough that few are written, few enough that nobody notices one. */
const PIECE = 65_536;

/** How deep a value is taken apart: the lists of a file, and the lists in its parts. */
const DEPTH = 3;

/**
 * The text that `JSON.stringify` makes of plain data, in pieces: a fleet of thousands of nodes is written without its
 * whole text beside it. Fails on a value that JSON would leave out without a word.
 */
export function* jsonPieces(key: string, value: unknown): Generator<string> {
  if (value === undefined) {
    throw new Error(`'${key}' needs a value that JSON can carry, got undefined`);
  }
  let piece = '';
  for (const token of tokens(value, DEPTH)) {
    piece += token;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function* tokens(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null || 'toJSON' in value) {
    yield isLeftOut(value) ? 'null' : JSON.stringify(value);
  } else if (Array.isArray(value)) {
    yield* listTokens(value, depth);
  } else {
    yield* objectTokens(value, depth);
  }
}

function* listTokens(list: readonly unknown[], depth: number): Generator<string> {
  yield '[';
  for (const [at, item] of list.entries()) {
    if (at > 0) yield ',';
    yield* tokens(item, depth - 1);
  }
  yield ']';
}

function* objectTokens(fields: object, depth: number): Generator<string> {
  yield '{';
  const carried = Object.entries(fields).filter(([, value]) => !isLeftOut(value));
  for (const [at, [name, value]] of carried.entries()) {
    yield `${at > 0 ? ',' : ''}${JSON.stringify(name)}:`;
    yield* tokens(value, depth - 1);
  }
  yield '}';
}

/** What JSON cannot carry is left out of an object, and null in a list. */
function isLeftOut(value: unknown): boolean {
  return ['undefined', 'function', 'symbol'].includes(typeof value);
}
