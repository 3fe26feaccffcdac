import { describe, expect, it } from 'vitest';
import { merged, type Ranked } from '../../../lib/core/plan/merged.js';
import { planOf } from '../../../lib/core/plan/plan-of.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { theDemo } from '../../support/demo-run.js';

const { report, evidence, policy } = await theDemo();
const [action] = planOf(evidence, report, catalogue, policy).actions;
const ranked = (id: string, ...order: number[]): Ranked[] =>
  action === undefined ? [] : [{ action: { ...action, id }, order, effects: [] }];
const ids = (...clusters: Ranked[][]) => merged(clusters).map((one) => one.action.id);

describe('the actions of all clusters', () => {
  it('come the best first', () => {
    expect(ids(ranked('a', 1, 2), ranked('b', 1, 3), ranked('c', 2))).toEqual(['c', 'b', 'a']);
  });

  it('keep the order of their cluster, whatever a later one is worth', () => {
    const first = [...ranked('a1', 2), ...ranked('a2', 9)];
    expect(ids(first, ranked('b', 3))).toEqual(['b', 'a1', 'a2']);
    expect(ids(first, ranked('b', 1))).toEqual(['a1', 'a2', 'b']);
  });

  it('come in the order of the clusters where they are worth the same', () => {
    expect(ids(ranked('a', 2), [...ranked('b1', 2), ...ranked('b2', 2)])).toEqual([
      'a',
      'b1',
      'b2',
    ]);
  });
});
