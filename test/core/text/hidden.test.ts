import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../lib/core/text/printable.js';
import { ESCAPE } from '../../support/escapes.js';

describe('one line of text', () => {
  it('holds no character that must not reach people, whichever it is', () => {
    const left = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const text = oneLine(String.fromCodePoint(code));
      if (ESCAPE.test(text)) left.push(code.toString(16));
    }
    expect(left).toEqual([]);
  });

  it('keeps letters, signs and symbols of every script', () => {
    const text = 'web-1 prod_ü 界 \u0e01 \ufffd € 🔥';
    expect(oneLine(text)).toBe(text);
  });
});
