import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  faint,
  printedJson,
  printedLines,
  printedText,
  spaced,
  strong,
} from '../../../lib/core/render/lines.js';
import { plain } from '../../../lib/core/render/paint.js';
import { ESCAPE } from '../../support/escapes.js';
import { anyText } from '../../support/hostile-digests.js';

/** What nobody sees, by name. A range stands for its ends. */
const hidden = {
  'an escape sequence': '\u001b[2J',
  'a sequence introducer of 8 bits': '\u009b2J',
  'a line break': '\n',
  'a carriage return': '\r',
  'a line separator': '\u2028',
  delete: '\u007f',
  'a bidi override': '\u202e',
  'a bidi isolate': '\u2066',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a byte order mark': '\ufeff',
  'a tag character': '\u{E0041}',
  'a tag character that is not assigned': '\u{E0002}',
  'a variation selector': '\ufe0f',
  'a selector of the supplement': '\u{E0100}',
  'a filler': '\u3164',
  'half of a character': '\ud83d',
  'no character': '\uffff',
  'a private character': '\ue000',
};

describe('printedLines', () => {
  it.each(Object.entries(hidden))('shows %s as a question mark', (_, text) => {
    const shown = `?${Array.from(text).slice(1).join('')}`;
    expect(printedLines([`a${text}b`])).toBe(`a${shown}b\n`);
    expect(printedLines([['a', faint(text), 'b']])).toBe(`a${shown}b\n`);
  });

  it('keeps all that people read', () => {
    const text = 'Café 日本 é \u{1F525} “quoted” ± → …';
    expect(printedLines([text])).toBe(`${text}\n`);
  });

  it('paints parts of a line, and nothing that a text brings', () => {
    const paint = { ...plain, strong: (text: string) => `\u001b[1m${text}\u001b[22m` };
    expect(printedLines([['a ', strong('b\u001b[0m')]], paint)).toBe(
      'a \u001b[1mb?[0m\u001b[22m\n',
    );
  });

  it('ends as many lines as it was given, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(anyText), (lines) => {
        const text = printedLines(lines);
        expect(text.split('\n')).toHaveLength(lines.length + 1);
        expect(text).not.toMatch(ESCAPE);
      }),
    );
  });
});

describe('printedText', () => {
  it('keeps line breaks and tabs alone', () => {
    expect(printedText('a\n\tb\u001b\r\n')).toBe('a\n\tb??\n');
  });
});

describe('printedJson', () => {
  it('means the same, and shows what is hidden as escapes', () => {
    fc.assert(
      fc.property(fc.record({ text: anyText }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = printedJson(value, indent);
        expect(JSON.parse(text)).toEqual(value);
        expect(text).not.toMatch(ESCAPE);
      }),
    );
  });
});

describe('spaced', () => {
  it('separates blocks by one empty line, and leaves empty ones out', () => {
    expect(spaced([['a', 'b'], [], ['c']])).toEqual(['a', 'b', '', 'c']);
  });
});
