import { describe, expect, it } from 'vitest';
import { isWorse, rankOf, severities, worstFirst } from '../../../lib/core/judge/severity.js';

describe('severities', () => {
  it('run from critical, which ranks first, to notice', () => {
    expect(severities.map((one) => [one, rankOf(one)])).toEqual([
      ['critical', 0],
      ['warning', 1],
      ['notice', 2],
    ]);
  });

  it('are worse than what comes after them, and not than themselves', () => {
    expect(isWorse('critical', 'warning')).toBe(true);
    expect(isWorse('warning', 'warning')).toBe(false);
    expect(isWorse('notice', 'warning')).toBe(false);
  });

  it('sort the worst first and leave equal ones in their order', () => {
    const mixed = [
      { severity: 'notice', at: 0 },
      { severity: 'warning', at: 1 },
      { severity: 'critical', at: 2 },
      { severity: 'warning', at: 3 },
    ] as const;
    expect([...mixed].sort(worstFirst).map(({ at }) => at)).toEqual([2, 1, 3, 0]);
  });
});
