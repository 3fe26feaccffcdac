import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { staleFlows as rule } from '../../../lib/core/rules/stale-flows.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

function evaluate(toNobody: number | undefined, timeouts: Record<string, number>) {
  const unanswered = {
    entries: 50,
    states: { SYN_SENT: 50 },
    ...(toNobody !== undefined && { toNobody }),
  };
  return rule.evaluate(aNode({ makeup: aMakeup({ unanswered }), timeouts }), policy);
}

describe('stale-flows', () => {
  it.each([
    { toNobody: 4, seconds: 120, said: 'pass' },
    { toNobody: 5, seconds: 120, said: 'finding' },
    { toNobody: 5, seconds: 30, said: 'pass' },
    { toNobody: 5, seconds: 31, said: 'finding' },
    { toNobody: undefined, seconds: 120, said: 'pass' },
  ])('says $said of $toNobody entries of pods that are gone, kept $seconds s', (one) => {
    const { toNobody, seconds, said } = one;
    expect(evaluate(toNobody, { tcp_timeout_syn_sent: seconds }).verdict).toBe(said);
  });

  it('says how many, for how long, and what ends it', () => {
    expect(evaluate(14, { tcp_timeout_syn_sent: 120 })).toEqual({
      verdict: 'finding',
      severity: 'notice',
      summary:
        '14 half-open entries of 1,000 listed are of pods that are gone, and are kept 120 s, where their addresses go to new pods after 30 s',
      measures: { entries: 4_096, max: 131_072, usage: 0.03125, unrepliedShare: 0.014 },
      why: expect.stringContaining('nf_conntrack_tcp_timeout_syn_sent of 20 s') as string,
    });
  });

  it('has no opinion where such entries are there and their timeout is not known', () => {
    expect(evaluate(5, {})).toEqual({ verdict: 'unknown', missing: ['timeouts'] });
    expect(evaluate(4, {}).verdict).toBe('pass');
  });

  it('has no opinion where the entries were not listed', () => {
    expect(rule.evaluate(aNodeWithout('makeup'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['makeup'],
    });
  });
});
