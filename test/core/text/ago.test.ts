import { describe, expect, it } from 'vitest';
import { ago } from '../../../lib/core/text/ago.js';

describe('ago', () => {
  it.each([
    [0, 'less than a minute ago'],
    [59, 'less than a minute ago'],
    [60, '1 minute ago'],
    [7_199, '119 minutes ago'],
    [7_200, '2 hours ago'],
    [172_799, '47 hours ago'],
    [172_800, '2 days ago'],
  ])('calls %d seconds %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });
});
