import { describe, expect, it } from 'vitest';
import { freedBy } from '../../../lib/core/measure/older-entries.js';

describe('freedBy', () => {
  it('counts what is older, without the second by which ages are rounded up', () => {
    // 25 entries begin each second and live for 30 s: ages of 1 to 30 s, as the probe rounds them.
    const ages = { UDP: [225, 250, 250, 25] };
    expect(freedBy({ ages }, 'UDP', 10)).toBe(500);
    expect(freedBy({ ages }, 'UDP', 20)).toBe(250);
  });

  it('takes a count that is not there for none', () => {
    expect(freedBy({ ages: { UDP: [7] } }, 'UDP', 10)).toBe(0);
    expect(freedBy({ ages: {} }, 'CLOSE_WAIT', 60)).toBe(0);
  });

  it('takes ages beyond the last edge as they are', () => {
    const ages = { ESTABLISHED: [0, 0, 0, 0, 0, 0, 0, 0, 9, 4] };
    expect(freedBy({ ages }, 'ESTABLISHED', 7_440)).toBe(4);
  });

  it('knows nothing without ages', () => {
    expect(freedBy({}, 'UDP', 10)).toBeUndefined();
  });
});
