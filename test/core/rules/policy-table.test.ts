import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { policyTable as rule } from '../../../lib/core/rules/policy-table.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

type Agent = NonNullable<NodeFacts['networkPolicyAgent']>;

function evaluate(networkPolicyAgent: Agent, max: number, entries = 1_000) {
  return rule.evaluate(aNode({ table: { entries, max }, networkPolicyAgent }), policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('policy-table', () => {
  it.each<[Agent, number, string]>([
    [{ enabled: true, tableSize: 262_144 }, 262_144, 'pass'],
    [{ enabled: true, tableSize: 262_144 }, 262_145, 'notice'],
    [{ enabled: true }, 524_288, 'pass'],
    [{ enabled: true }, 524_289, 'notice'],
    [{ enabled: false, tableSize: 32_768 }, 1_048_576, 'pass'],
  ])('of an agent %j beside a limit of %i: %s', (agent, max, said) => {
    expect(say(agent, max)).toBe(said);
  });

  it('warns once the entries of today do not fit', () => {
    expect(say({ enabled: true, tableSize: 1_000 }, 131_072, 1_000)).toBe('notice');
    expect(say({ enabled: true, tableSize: 1_000 }, 131_072, 1_001)).toBe('warning');
  });

  it('shows both sizes, and says where the agent has its own from', () => {
    expect(evaluate({ enabled: true }, 1_048_576, 162_530)).toEqual({
      verdict: 'finding',
      severity: 'notice',
      summary:
        "the network policy agent tracks 524,288 connections by default, and the kernel 1,048,576: the entries of today are 31% of the agent's table",
      measures: {
        entries: 162_530,
        max: 1_048_576,
        usage: 162_530 / 1_048_576,
        policyTableSize: 524_288,
      },
      why: expect.stringContaining('may be dropped by policy') as string,
    });
  });

  it('passes a node on which no agent is seen', () => {
    expect(rule.evaluate(aNode(), policy)).toEqual({ verdict: 'pass' });
  });

  it('has no opinion without a table', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
