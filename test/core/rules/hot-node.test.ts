import { describe, expect, it } from 'vitest';
import type { GroupLoad } from '../../../lib/core/measure/group-load.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { hotNode as rule } from '../../../lib/core/rules/hot-node.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

function evaluate(usage: number, group: Partial<GroupLoad> = {}, facts: NodeFacts = {}) {
  const table = { entries: usage * 1_000, max: 1_000 };
  const subject = {
    facts: { ...aNodeWithout('makeup').facts, table, ...facts },
    group: { nodes: 12, entries: 5_000, medianUsage: 0.22, ...group },
  };
  return rule.evaluate(subject, policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('hot-node', () => {
  it.each([
    { usage: 0.49, medianUsage: 0.1, said: 'pass' },
    { usage: 0.5, medianUsage: 0.1, said: 'notice' },
    { usage: 0.749, medianUsage: 0.1, said: 'notice' },
    { usage: 0.75, medianUsage: 0.1, said: 'warning' },
    { usage: 0.75, medianUsage: 0.375, said: 'warning' },
    { usage: 0.75, medianUsage: 0.376, said: 'pass' },
    { usage: 0.5, medianUsage: 0, said: 'notice' },
  ])('says $said of $usage where the median is $medianUsage', ({ usage, medianUsage, said }) => {
    expect(say(usage, { medianUsage })).toBe(said);
  });

  it('compares within a group of which three nodes were read, and no fewer', () => {
    expect(say(0.9, { nodes: 2 })).toBe('pass');
    expect(say(0.9, { nodes: 3 })).toBe('warning');
  });

  it('passes a node of no known group', () => {
    const table = { entries: 900, max: 1_000 };
    expect(rule.evaluate(aNode({ table }), policy)).toEqual({ verdict: 'pass' });
  });

  it('names the three that hold most', () => {
    const holders = [
      { address: '10.0.1.23', entries: 410, owner: 'shop/web-7' },
      { address: '10.0.0.5', entries: 200, owner: 'host' },
      { address: '203.0.113.9', entries: 90 },
      { address: '10.0.1.24', entries: 80, owner: 'shop/web-8' },
    ];
    expect(evaluate(0.68, {}, { makeup: aMakeup({ holders }) })).toEqual({
      verdict: 'finding',
      severity: 'notice',
      summary:
        '68% of the table is used, where the median of 12 nodes is 22%; top holders: shop/web-7 (41%), the host network (20%), 203.0.113.9 (9%)',
      measures: { entries: 680, max: 1_000, usage: 0.68, groupUsage: 0.22, groupNodes: 12 },
    });
  });

  it('tells the error of a sample', () => {
    const table = { entries: 90_000, max: 100_000 };
    const makeup = aMakeup({ whole: false });
    expect(evaluate(0.9, {}, { table, makeup })).toMatchObject({
      summary: expect.stringContaining('default/web-0 (10% ± 2%)') as string,
    });
  });

  it.each([
    { about: 'the entries were not listed', facts: {} },
    { about: 'none was listed', facts: { makeup: aMakeup({ listed: 0 }) } },
    { about: 'nobody is named', facts: { makeup: aMakeup({ holders: [] }) } },
  ])('says that it does not know who, where $about', ({ facts }) => {
    expect(evaluate(0.9, {}, facts)).toMatchObject({
      summary:
        '90% of the table is used, where the median of 12 nodes is 22%; who holds the entries was not read',
    });
  });

  it('is unknown, not passing, when the table could not be read', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
