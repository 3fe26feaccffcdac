import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { limitNotDurable } from '../../../lib/core/rules/limit-not-durable.js';
import { limitShrinksOnUpgrade } from '../../../lib/core/rules/limit-shrinks-on-upgrade.js';
import { limitUnexpected } from '../../../lib/core/rules/limit-unexpected.js';
import { aNode } from '../../support/a-node.js';

type State = NonNullable<NodeFacts['kubeProxyConfigState']>;

const raised = (kubeProxyConfigState: State) =>
  aNode({ table: { entries: 1_000, max: 1_048_576 }, kubeProxyConfigState });

describe('rules about the limit, by what was seen of the configuration', () => {
  it.each<[State, string]>([
    ['known', 'finding'],
    ['absent', 'finding'],
    ['not-visible', 'unknown'],
    ['not-understood', 'unknown'],
  ])('judge a raised limit under one that is %s: %s', (state, said) => {
    expect(limitNotDurable.evaluate(raised(state), policy).verdict).toBe(said);
    expect(limitUnexpected.evaluate(raised(state), policy).verdict).toBe(said);
  });

  it('take a limit above the boot for meant where maxPerCore is 0, and one below for a fault', () => {
    const under = (max: number) => {
      const kubeProxyConfig = { maxPerCore: 0 };
      const kubeProxy = { version: '1.31.2', source: 'node' as const, ...kubeProxyConfig };
      const facts = { kubeProxy, kubeProxyConfig, kubeProxyConfigState: 'known' as const };
      return limitUnexpected.evaluate(aNode({ ...facts, table: { entries: 1, max } }), policy);
    };
    expect(under(262_145).verdict).toBe('pass');
    expect(under(262_143)).toMatchObject({ verdict: 'finding', severity: 'warning' });
  });

  it('say of an upgrade that it rests on defaults, where it does', () => {
    const of = (kubeProxyConfigState: State) => {
      const kubeProxy = { version: '1.28.1', source: 'add-on' as const };
      const table = { entries: 1_000, max: 262_144 };
      return limitShrinksOnUpgrade.evaluate(
        aNode({ kubeProxy, table, kubeProxyConfigState }),
        policy,
      );
    };
    expect(of('not-visible')).toMatchObject({
      why: expect.stringMatching(/^if EKS's defaults hold \(/) as string,
    });
    expect(of('absent')).toMatchObject({ why: expect.stringMatching(/^1\.29: /) as string });
  });
});
