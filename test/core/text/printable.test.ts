import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../../lib/core/text/printable.js';

describe('printable', () => {
  it('keeps names as people write them', () => {
    expect(printable('Größe-ノード_1.2:3/4')).toBe('Größe-ノード_1.2:3/4');
  });

  it('takes out what moves the cursor, breaks the line, or reorders and hides text', () => {
    expect(printable('\u001b[31m\r\n\t\u202e\u200b\u2028\ud800')).toBe('?[31m???????');
  });

  it('cuts at the length that was asked for, and says so', () => {
    expect(printable('abcdef', 6)).toBe('abcdef');
    expect(printable('abcdefg', 6)).toBe('abcde…');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\p{Cf}]/u.test(printable(text)),
      ),
    );
  });
});
