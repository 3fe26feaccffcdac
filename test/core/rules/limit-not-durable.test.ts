import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { limitNotDurable as rule } from '../../../lib/core/rules/limit-not-durable.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

/** A node of 2 vCPU and 8 GiB, for which every kube-proxy computes 131,072. */
function say(entries: number, max: number, version: string) {
  const kubeProxy = { version, source: 'add-on' } as const;
  const verdict = rule.evaluate(aNode({ table: { entries, max }, kubeProxy }), policy);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('limit-not-durable', () => {
  it.each([
    { entries: 100, max: 131_072, said: 'pass' },
    { entries: 100, max: 131_073, said: 'notice' },
    { entries: 98_303, max: 262_144, said: 'notice' },
    { entries: 98_304, max: 262_144, said: 'warning' },
    { entries: 131_071, max: 262_144, said: 'warning' },
    { entries: 131_072, max: 262_144, said: 'critical' },
  ])('says $said of $entries entries under a limit of $max', ({ entries, max, said }) => {
    expect(say(entries, max, '1.31.2')).toBe(said);
  });

  it('passes a limit that this kube-proxy would only raise', () => {
    expect(say(100, 262_144, '1.28.15')).toBe('pass');
    expect(say(100, 262_144, '1.38.0')).toBe('pass');
    expect(say(100, 262_144, 'none')).toBe('pass');
  });

  it('gives a patch release of 1.36 the benefit of the doubt', () => {
    expect(say(100, 262_144, '1.36.2')).toBe('pass');
  });

  it('shows both limits, and what the entries of today would use', () => {
    const table = { entries: 120_000, max: 1_000_000 };
    expect(rule.evaluate(aNode({ table }), policy)).toMatchObject({
      summary:
        'the limit is 1,000,000 until kube-proxy 1.31.2 starts again, which makes it 131,072: the entries of today would use 92%',
    });
  });

  it('is unknown, not passing, where kube-proxy is not known', () => {
    expect(rule.evaluate(aNodeWithout('kubeProxy'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['kubeProxy'],
    });
  });
});
