import { describe, expect, it } from 'vitest';
import { defaultPolicy, policyOver, type Policy } from '../../../lib/core/judge/policy.js';
import { parsed } from '../../../lib/core/text/parsed.js';

const policyOf = (value: unknown, base: Policy = defaultPolicy) => parsed(policyOver(base), value);

describe('a policy', () => {
  it('changes what it is told and keeps the rest', () => {
    expect(policyOf({})).toEqual(defaultPolicy);
    expect(policyOf({ warningUsage: 0.5 })).toEqual({ ...defaultPolicy, warningUsage: 0.5 });
    expect(policyOf({ warningUsage: undefined })).toEqual(defaultPolicy);
  });

  it('may have every key of it changed', () => {
    const other: Policy = {
      warningUsage: 0.1,
      criticalUsage: 0.2,
      targetUsage: 0.3,
      tableMemoryShare: 0.4,
      recentSeconds: 3_601,
      remindAfterSeconds: 3_602,
      flapSeconds: 3_603,
    };
    expect(policyOf(other)).toEqual(other);
    expect(policyOf({ targetUsage: 0.6 }, other)).toEqual({ ...other, targetUsage: 0.6 });
  });

  const shares = ['warningUsage', 'criticalUsage', 'targetUsage', 'tableMemoryShare'] as const;
  it.each(shares)('takes a %s above 0 and up to 1', (key) => {
    const base = { ...defaultPolicy, warningUsage: 1e-9, criticalUsage: 1 };
    const lowest = key === 'criticalUsage' ? 2e-9 : 1e-9;
    expect(policyOf({ [key]: lowest }, base)[key]).toBe(lowest);
    const highest = key === 'warningUsage' ? 0.999 : 1;
    expect(policyOf({ [key]: highest }, base)[key]).toBe(highest);
    for (const wrong of [0, -0.1, 1.001, 75, NaN, Infinity]) {
      expect(() => policyOf({ [key]: wrong }, base)).toThrow(
        `'${key}' should be a share greater than 0 and at most 1, got ${wrong}`,
      );
    }
  });

  it.each(['recentSeconds', 'remindAfterSeconds', 'flapSeconds'] as const)(
    'takes %s from an hour to 30 days',
    (key) => {
      for (const right of [3_600, 2_592_000]) expect(policyOf({ [key]: right })[key]).toBe(right);
      for (const wrong of [-1, 3_599, 2_592_001]) {
        expect(() => policyOf({ [key]: wrong })).toThrow(
          `'${key}' should be seconds from 3600 (1 hour) to 2592000 (30 days), got ${wrong}`,
        );
      }
    },
  );

  it.each([
    [[], 'the value should be an object, got []'],
    [{ warnUsage: 0.5 }, "has no 'warnUsage', did you mean 'warningUsage'?"],
    [{ warningUsage: '0.5' }, "'warningUsage' should be a share"],
    [{ warningUsage: null }, 'got null'],
    [
      { warningUsage: 0.9, criticalUsage: 0.9 },
      "'warningUsage' should be less than 'criticalUsage', which is 0.9, got 0.9",
    ],
    [{ warningUsage: 0.96 }, 'which is 0.95, got 0.96'],
    [{ criticalUsage: 0.7 }, 'which is 0.7, got 0.75'],
  ])('fails on %j', (value, message) => {
    expect(() => policyOf(value)).toThrow(message);
  });

  it('warns right below the usage that is critical', () => {
    expect(policyOf({ warningUsage: 0.9499, criticalUsage: 0.95 }).warningUsage).toBe(0.9499);
  });
});
