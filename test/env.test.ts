import { describe, expect, it } from 'vitest';
import { readEnv } from '../lib/env.js';

describe('readEnv', () => {
  it('gives the variables that were asked for, and no other', () => {
    expect(readEnv(['A'], { A: '1', B: '2' })).toEqual({ A: '1' });
  });

  it('names every variable that is missing or empty', () => {
    expect(() => readEnv(['A', 'B', 'C'], { A: '1', B: '' })).toThrow(
      'missing environment variables: B, C',
    );
  });
});
