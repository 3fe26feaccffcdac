import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../lib/core/policy.js';
import { defineRule } from '../../lib/core/rule.js';
import { aNode, aNodeWithout } from '../support/a-node.js';

describe('defineRule', () => {
  it('shows a rule only the facts that it asked for', () => {
    let seen: string[] = [];
    const rule = defineRule({
      id: 'x',
      title: 'x',
      fires: 'x',
      requires: ['table'],
      considers: ['vcpus', 'os'],
      check(facts) {
        seen = Object.keys(facts);
        return undefined;
      },
    });
    rule.evaluate(aNodeWithout('os'), defaultPolicy);
    expect(seen).toEqual(['table', 'vcpus']);
  });

  it('names every missing fact, not only the first', () => {
    const rule = defineRule({
      id: 'x',
      title: 'x',
      fires: 'x',
      requires: ['table', 'vcpus', 'kernel'],
      check: () => ({ severity: 'notice', summary: 'seen' }),
    });
    expect(rule.evaluate(aNodeWithout('table', 'kernel'), defaultPolicy)).toEqual({
      verdict: 'unknown',
      missing: ['table', 'kernel'],
    });
    expect(rule.evaluate(aNode(), defaultPolicy)).toMatchObject({ verdict: 'finding' });
  });
});
