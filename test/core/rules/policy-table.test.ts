import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { policyTable as rule } from '../../../lib/core/rules/policy-table.js';
import { aNodeUsing, aNodeWithout } from '../../support/a-node.js';

describe('policy-table', () => {
  it.each([
    { entries: 100, said: 'pass' },
    { entries: 101, said: 'finding' },
  ])('says $said of $entries entries of 100', ({ entries, said }) => {
    expect(rule.evaluate(aNodeUsing(entries, 100), policy).verdict).toBe(said);
  });

  it('has no opinion where the table could not be read', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
