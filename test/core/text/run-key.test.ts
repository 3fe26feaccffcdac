import { describe, expect, it } from 'vitest';
import { checkRunKey } from '../../../lib/core/text/run-key.js';

describe('checkRunKey', () => {
  it.each(['fleet.json', 'answers/c-1.json', 'dt=2026-11-22/a_b.json', '_x'])('takes %j', (key) => {
    expect(checkRunKey(key)).toBe(key);
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    '../other',
    'a/../b',
    'a/',
    'a//b',
    '.hidden',
    'a\\b',
    'a b',
    'a\n',
  ])('fails when a key is %j', (key) => {
    expect(() => checkRunKey(key)).toThrow(`got '${key}'`);
  });
});
