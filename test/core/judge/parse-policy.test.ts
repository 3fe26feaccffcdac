import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../lib/core/judge/parse-policy.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';

describe('parsePolicy', () => {
  it('changes what it is told and keeps the rest', () => {
    expect(parsePolicy('{"warningUsage":0.5}')).toEqual({ ...defaultPolicy, warningUsage: 0.5 });
  });

  it.each([
    ['[]', 'a policy should be a JSON object'],
    ['{"warnUsage":0.5}', "a policy has no 'warnUsage'"],
    ['{"warningUsage":0}', "'warningUsage' should be a share greater than 0 and at most 1, got 0"],
    ['{"warningUsage":75}', 'at most 1, got 75'],
    ['{"warningUsage":"0.5"}', "'warningUsage' should be"],
    ['{"recentSeconds":-1}', "'recentSeconds' should be a number greater than 0, got -1"],
  ])('fails on %s', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(message);
  });

  it('takes a share of exactly 1, and seconds above it', () => {
    expect(parsePolicy('{"criticalUsage":1,"recentSeconds":3600}').recentSeconds).toBe(3_600);
  });
});
