import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { limitUnexpected as rule } from '../../../lib/core/rules/limit-unexpected.js';
import { aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';

describe('limit-unexpected', () => {
  it.each([
    { max: 131_071, said: 'warning' },
    { max: 131_072, said: 'pass' },
    { max: 131_073, said: 'notice' },
    { max: 65_536, said: 'warning' },
    { max: 1_000_000, said: 'notice' },
  ])('says $said of a limit of $max where kube-proxy 1.31 sets 131072', ({ max, said }) => {
    const verdict = rule.evaluate(aNodeUsing(1, max), policy);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows both limits, and what may explain the one that was read', () => {
    expect(rule.evaluate(aNodeUsing(1, 65_536), policy)).toMatchObject({
      summary: 'the limit is 65,536 where 131,072 is expected',
      why: expect.stringContaining('65,536') as string,
    });
  });

  it('accepts both numbers of kube-proxy 1.36, whose patch releases differ', () => {
    const kubeProxy = { version: '1.36.1', source: 'add-on' } as const;
    for (const max of [131_072, 262_144]) {
      const read = { reading: { entries: 1, max }, table: { entries: 1, max } };
      expect(rule.evaluate(aNode({ ...read, kubeProxy }), policy).verdict).toBe('pass');
    }
  });

  it('is unknown, not passing, where kube-proxy or the host is not known', () => {
    for (const fact of ['table', 'kubeProxy', 'memory', 'vcpus', 'kernel', 'os'] as const) {
      expect(rule.evaluate(aNodeWithout(fact), policy)).toEqual({
        verdict: 'unknown',
        missing: [fact],
      });
    }
  });
});
