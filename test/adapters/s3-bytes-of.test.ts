import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../lib/adapters/s3-bytes-of.js';

describe('bytesOf', () => {
  it.each([
    ['nothing', []],
    ['one piece', ['a’b']],
    ['pieces to the last byte', ['x'.repeat(65_535), 'y']],
    ['one byte more', ['x'.repeat(65_536), 'y']],
    ['pieces of three bytes a letter', Array.from({ length: 9 }, () => '’'.repeat(30_000))],
  ])('has every byte of %s', (_, pieces) => {
    expect(bytesOf(pieces).toString()).toBe(pieces.join(''));
  });
});
