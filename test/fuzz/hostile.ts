import fc from 'fast-check';
import { leavesOf, replaced } from './leaves.js';

/** Everything at once that a terminal, a mail, a chat or a parser may take for more than text. */
export const HOSTILE =
  '\ninjected \u001b]0;x\u0007\u009b2J\r\n\u202e\u200b\u{E0041}\ud83d<!here> <@U1> <https://x|y> & @everyone `*_~[a](https://x) "},\'\\ $(id) =1+1|# -->\u2028\uffff';

const hostileText = fc.oneof(
  fc.constantFrom(
    HOSTILE,
    '',
    ' ',
    '\ninjected',
    '\u001b[2J',
    '<!channel>',
    '__proto__',
    'constructor',
    '&lt;',
    '@here',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .tuple(fc.constantFrom(HOSTILE, '&', '\u{1F525}', '*', '`'), fc.nat({ max: 600 }))
    .map(([text, n]) => text.repeat(n % 40 === 0 ? n : n % 5)),
);

const hostileNumber = fc.constantFrom(
  0,
  -0,
  1,
  -1,
  0.5,
  1e300,
  -1e300,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  5e-324,
  1e21,
);

const change = fc.record({
  at: fc.nat(),
  text: hostileText,
  number: hostileNumber,
  swap: fc.nat({ max: 9 }),
});

/**
 * The example with one to three of its texts and numbers replaced, each field as likely as every other. A
 * text stays one and a number too; with `anyType` now and then one becomes the other, as in what was not made here.
 */
export function mutated<T>(
  example: T,
  except: (key: string) => boolean = () => false,
  anyType = false,
): fc.Arbitrary<T> {
  const leaves = leavesOf(example).filter(({ path }) => !except(path.at(-1) ?? ''));
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((value, { at, text, number, swap }) => {
      const leaf = leaves[at % leaves.length];
      if (leaf === undefined) return value;
      const isText = (typeof leaf.value === 'string') !== (anyType && swap === 0);
      return replaced(value, leaf.path, isText ? text : number);
    }, example),
  );
}
