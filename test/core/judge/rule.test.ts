import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { defineRule } from '../../../lib/core/judge/rule.js';
import { present } from '../../../lib/core/text/present.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

describe('defineRule', () => {
  it('names every missing fact, not only the first', () => {
    const rule = defineRule({
      id: 'x',
      title: 'x',
      fires: 'x',
      about: 'room',
      proof: 'reading',
      requires: ['table', 'vcpus', 'kernel'],
      check: () => ({ severity: 'notice', summary: 'seen', measures: {} }),
    });
    expect(rule.evaluate(aNodeWithout('table', 'kernel'), defaultPolicy)).toEqual({
      verdict: 'unknown',
      missing: ['table', 'kernel'],
    });
    expect(rule.evaluate(aNode(), defaultPolicy)).toMatchObject({ verdict: 'finding' });
  });

  describe('with sets of facts of which one is enough', () => {
    const rule = defineRule({
      id: 'x',
      title: 'x',
      fires: 'x',
      about: 'room',
      proof: 'reading',
      requires: ['table'],
      requiresOneOf: [['tableFull'], ['churn', 'counters']],
      considers: ['vcpus'],
      check: ({ tableFull, churn, counters }) => ({
        severity: 'notice',
        summary: Object.keys(present({ tableFull, churn, counters })).join(' '),
        measures: {},
      }),
    });
    const churn = { seconds: 2, entries: 0, counters: {} };
    const without = (...names: Parameters<typeof aNodeWithout>) =>
      rule.evaluate(aNodeWithout('churn', ...names), defaultPolicy);

    it('has an opinion when one set is whole, and sees what there is of the others', () => {
      expect(without()).toMatchObject({ summary: 'tableFull counters' });
      const { facts } = aNodeWithout('tableFull');
      expect(rule.evaluate({ facts: { ...facts, churn } }, defaultPolicy)).toMatchObject({
        summary: 'churn counters',
      });
    });

    it('names what is missing of each when none is whole', () => {
      expect(without('tableFull')).toEqual({ verdict: 'unknown', missing: ['tableFull', 'churn'] });
      expect(without('table', 'tableFull', 'counters')).toEqual({
        verdict: 'unknown',
        missing: ['table', 'tableFull', 'churn', 'counters'],
      });
    });

    it('still asks for what is required in any case', () => {
      expect(without('table')).toEqual({ verdict: 'unknown', missing: ['table'] });
    });

    it('names a fact of several sets once', () => {
      const both = defineRule({
        id: 'x',
        title: 'x',
        fires: 'x',
        about: 'room',
        proof: 'reading',
        requires: [],
        requiresOneOf: [
          ['churn', 'makeup'],
          ['churn', 'allowance'],
        ],
        check: () => undefined,
      });
      const unread = aNodeWithout('churn', 'makeup', 'allowance');
      expect(both.evaluate(unread, defaultPolicy)).toEqual({
        verdict: 'unknown',
        missing: ['churn', 'makeup', 'allowance'],
      });
    });
  });
});
