import { readFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { PROBE_VERSION } from '../../lib/probe/version.js';
import { assembleProbe } from '../../scripts/assemble-probe.js';
import { PROBE } from '../support/probe.js';

describe('the probe', () => {
  it('is what its parts make; npm run probe makes it so', () => {
    expect(readFileSync(PROBE, 'utf8')).toBe(assembleProbe().script);
  });

  it('has the version that the program expects; npm run probe makes it so', () => {
    expect(PROBE_VERSION).toBe(assembleProbe().version);
    expect(PROBE_VERSION).toMatch(/^[0-9a-f]{8}$/);
  });
});
