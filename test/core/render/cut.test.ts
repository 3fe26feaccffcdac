import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, cut, fitting, shown, textsWithin } from '../../../lib/core/render/cut.js';
import { anyText } from '../../support/hostile-digests.js';

describe('cut', () => {
  it.each([
    ['12345', 5, '12345'],
    ['123456', 5, '12…'],
    ['ééé', 6, 'ééé'],
    ['éééé', 6, 'é…'],
    ['\u{1F525}\u{1F525}', 8, '\u{1F525}\u{1F525}'],
    ['\u{1F525}\u{1F525}', 7, '\u{1F525}…'],
    ['\u{1F525}\u{1F525}', 6, '…'],
  ])('makes of %j at most %i bytes: %j', (text, most, expected) => {
    expect(cut(text, most)).toBe(expected);
  });
});

describe('shown', () => {
  it('replaces what hides, reorders, breaks lines, or is no character', () => {
    expect(shown('a\u202eb\nc\uFFFFd\u{1FFFE}e\uD83Df')).toBe('a?b?c?d?e?f');
  });

  it('is never longer than asked, and never half a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 60 }), (text, most) => {
        const safe = shown(text, most);
        expect(byteLength(safe)).toBeLessThanOrEqual(most);
        expect(safe.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('fitting', () => {
  const itself = (size: number) => size;

  it('keeps the beginning up to the limit, and not one byte beyond', () => {
    expect(fitting([3, 4, 5], 12, itself)).toEqual([3, 4, 5]);
    expect(fitting([3, 4, 5], 11, itself)).toEqual([3, 4]);
    expect(fitting([3, 4, 1], 6, itself)).toEqual([3]);
    expect(fitting([3], 2, itself)).toEqual([]);
  });
});

describe('textsWithin', () => {
  it('counts bytes and blank lines, and keeps texts whole', () => {
    const texts = (room: number) =>
      textsWithin(['é', 'bb', 'c'], room, (text) => text).map(({ text }) => text);
    expect(texts(11)).toEqual(['é', 'bb', 'c']);
    expect(texts(10)).toEqual(['é', 'bb']);
    expect(texts(3)).toEqual([]);
  });

  it('makes no text of those far beyond', () => {
    const made: string[] = [];
    textsWithin(['a', 'b', 'c', 'd'], 4, (text) => {
      made.push(text);
      return text;
    });
    expect(made).toEqual(['a', 'b']);
  });
});
