import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hclString, hclText, hclValue, type HclValue } from '../../../lib/core/text/hcl.js';
import { parseHcl } from '../../support/parse-hcl.js';

/** What HCL makes of a text, whoever wrote it. */
const read = (text: string) => text.toWellFormed().normalize('NFC');
const piece = fc.constantFrom(
  '${',
  '%{',
  '}',
  '$',
  '%',
  '"',
  '\\',
  '\n',
  '\t',
  '\r',
  'EOT',
  '#',
  'a',
  '\u200d',
);
const aText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece).map((pieces) => pieces.join('')),
  fc.array(piece).map((pieces) => `${pieces.join('')}\n`),
);

/** Reads many at once, as starting the parser takes longest. */
async function readBack(expressions: readonly string[]): Promise<unknown[]> {
  const lines = expressions.map((expression, at) => `a${at} = ${expression}\n`);
  const found = await parseHcl(lines.join(''));
  return expressions.map((_, at) => found[`a${at}`]);
}

describe('a text in HCL', () => {
  it('is read back as it is, whatever is in it, on one line and on lines of its own', async () => {
    const many = fc.array(aText, { minLength: 1, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(many, async (texts) => {
        expect(await readBack(texts.map(hclString))).toEqual(texts.map(read));
        expect(await readBack(texts.map(hclText))).toEqual(texts.map(read));
      }),
      { numRuns: 40 },
    );
  });

  it('stands on lines of its own where it is whole lines, and on one elsewhere', () => {
    expect(hclText('a\nb\n')).toBe('<<EOT\na\nb\nEOT');
    expect(hclText('a\nb')).toBe('"a\\nb"');
    expect(hclText('a')).toBe('"a"');
    expect(hclText('a\u0000\n')).toBe('"a\\u0000\\n"');
  });

  it('is not ended by a line of its own that looks like the end', () => {
    expect(hclText('EOT\n  EOT_\n')).toBe('<<EOT__\nEOT\n  EOT_\nEOT__');
  });

  it('begins no template', () => {
    expect(hclString('${x} %{y} $x 5%')).toBe('"$${x} %%{y} $x 5%"');
    expect(hclText('${x} %{y} $x\n')).toBe('<<EOT\n$${x} %%{y} $x\nEOT');
  });
});

describe('a value in HCL', () => {
  it('is read back as the same value', async () => {
    const aValue = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
    await fc.assert(
      fc.asyncProperty(fc.array(aValue, { minLength: 1, maxLength: 20 }), async (values) => {
        const normal = values.map((one) => JSON.parse(read(JSON.stringify(one))) as HclValue);
        expect(await readBack(normal.map((one) => hclValue(one)))).toEqual(normal);
      }),
      { numRuns: 40 },
    );
  });

  it('quotes a key that would be a word of the language', () => {
    expect(hclValue({ for: 1, 'a.b': 2 })).toBe('{\n  "for" = 1\n  "a.b" = 2\n}');
  });

  it('has the signs of neighbours below each other, and none of what stands on several lines', () => {
    expect(hclValue({ a: 1, long: 2, of: { a: [] }, longest: 'x' })).toBe(
      '{\n  a    = 1\n  long = 2\n  of = {\n    a = []\n  }\n  longest = "x"\n}',
    );
  });

  it('is refused where it is no number', () => {
    expect(() => hclValue(Infinity)).toThrow('should be a finite number, got Infinity');
  });
});
