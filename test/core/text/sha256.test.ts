import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../../lib/core/text/sha256.js';

const nodes = (text: string) => createHash('sha256').update(text).digest('base64');

it.each([0, 55, 56, 63, 64, 119, 120])('hashes %i bytes as Node does', (length) => {
  expect(sha256('x'.repeat(length))).toBe(nodes('x'.repeat(length)));
});

it('hashes any text as Node does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(nodes(text));
    }),
  );
});
