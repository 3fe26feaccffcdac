import { readFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { assembleProbe } from '../../scripts/assemble-probe.js';
import { PROBE } from '../support/probe.js';

describe('the probe', () => {
  it('is what its parts make; npm run probe makes it so', () => {
    expect(readFileSync(PROBE, 'utf8')).toBe(assembleProbe());
  });
});
