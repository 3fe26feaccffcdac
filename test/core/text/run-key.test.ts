import { describe, expect, it } from 'vitest';
import { checkRunKey, runBody } from '../../../lib/core/text/run-key.js';

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

describe('runBody', () => {
  it('is JSON that a person can read', () => {
    expect(runBody('a.json', { nodes: [1] })).toBe('{"nodes":[1]}\n');
  });

  it('fails when there is no value', () => {
    expect(() => runBody('a.json', undefined)).toThrow("'a.json' needs a value");
  });
});
