import { describe, expect, it } from 'vitest';
import { judge, type Evidence } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Candidate, Change } from '../../../lib/core/plan/candidate.js';
import { choose, compareScores, easing, scoreOf } from '../../../lib/core/plan/choose.js';
import { WeighedNodes } from '../../../lib/core/plan/weighed-nodes.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aCandidate, aFindingOf, aMember } from '../../support/a-candidate.js';
import { aFleet, aNodeUsing } from '../../support/a-node.js';

const nodes = [
  aNodeUsing(125_000, 131_072, { instanceId: 'i-1', cluster: 'shop', nodeGroup: 'web' }),
  aNodeUsing(105_000, 131_072, { instanceId: 'i-2', cluster: 'shop', nodeGroup: 'batch' }),
];
const evidence: Evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet(nodes.map(({ node }) => node)),
  snapshots: nodes,
  silent: [],
};
const weighed = new WeighedNodes(evidence, catalogue, defaultPolicy);
const { findings } = judge(evidence, catalogue, defaultPolicy);
const pressure = findings.filter(({ rule }) => rule === 'table-pressure');
const [web, batch] = pressure;

const left = (share: number): Change => ({ left: { least: share, most: share } });
/** A candidate for these findings, which leaves so much of the entries of their nodes. */
function leaving(id: string, share: number, rank: number, of = pressure): Candidate {
  const ids = new Set(of.flatMap(({ nodes: those }) => those.map((one) => one.instanceId)));
  return aCandidate(
    of.map((one) => aMember(one)),
    {
      id,
      remedy: id,
      rank,
      change: ({ node }) => (ids.has(node.instanceId) ? left(share) : undefined),
    },
  );
}
const chosen = (...candidates: Candidate[]) =>
  choose(pressure, candidates, weighed).map(({ id }) => id);

describe('the choice of actions', () => {
  it('has two findings here, the worse one first', () => {
    expect(pressure.map(({ severity }) => severity)).toEqual(['critical', 'warning']);
  });

  it('takes one that is enough, and none that is not', () => {
    expect(chosen(leaving('half', 0.5, 1), leaving('little', 0.99, 0))).toEqual(['half']);
    expect(chosen(leaving('little', 0.99, 0))).toEqual([]);
  });

  it('stands on both sides of the usage at which the finding is over', () => {
    // 125,000 of 131,072 are 95.4 %; what was found is over below 65 %, which is 68.2 % of them.
    const of = web === undefined ? [] : [web];
    expect(chosen(leaving('enough', 0.68, 0, of))).toEqual(['enough']);
    expect(chosen(leaving('not', 0.69, 0, of))).toEqual([]);
  });

  it('takes what settles more nodes before what is quicker, and then needs no other', () => {
    const of = batch === undefined ? [] : [batch];
    expect(chosen(leaving('one', 0.5, 0, of), leaving('both', 0.5, 1))).toEqual(['both']);
  });

  it('takes the quicker of two that settle the same', () => {
    expect(chosen(leaving('slow', 0.5, 1), leaving('quick', 0.5, 0))).toEqual(['quick']);
  });

  it('takes two together where neither is enough alone', () => {
    expect(chosen(leaving('a', 0.8, 0), leaving('b', 0.8, 1))).toEqual(['a', 'b']);
  });

  it('takes what settles the worst first, though another one is for more', () => {
    const of = web === undefined ? [] : [web];
    // Of both findings 0.75 ends the milder one alone.
    expect(chosen(leaving('wide', 0.75, 0), leaving('narrow', 0.5, 1, of))).toEqual([
      'narrow',
      'wide',
    ]);
  });

  it('leaves out what two that are needed anyway settle as well', () => {
    const of = web === undefined ? [] : [web];
    const first = leaving('worst alone', 0.5, 0, of);
    const two = [leaving('a', 0.82, 1), leaving('b', 0.82, 2)];
    expect(chosen(first, ...two)).toEqual(['a', 'b']);
  });

  it('leaves out what later ones make needless', () => {
    const of = web === undefined ? [] : [web];
    const first = leaving('worst alone', 0.5, 0, of);
    const later = leaving('both', 0.5, 1);
    expect(chosen(first, later)).toEqual(['both']);
  });

  it('eases what stays with the best that is known, and a mere notice with nothing', () => {
    const little = leaving('little', 0.99, 0);
    const asked = pressure.map((one) => ({
      ...one,
      remedies: [{ ...aMember(one).assessment, id: 'little' }],
    }));
    expect(easing(asked, [], [little], weighed)).toEqual([little]);
    expect(easing(asked, [little], [little], weighed)).toEqual([]);
    const notices = asked.map((one) => ({ ...one, severity: 'notice' as const }));
    expect(easing(notices, [], [little], weighed)).toEqual([]);
  });
});

describe('the score of findings', () => {
  it('counts each node once for a severity, then findings', () => {
    const worst = aFindingOf('table-drops', ['i-1', 'i-2'], { severity: 'critical' });
    const also = aFindingOf('table-pressure', ['i-2', 'i-3'], { severity: 'critical' });
    expect(scoreOf([worst, also])).toEqual([3, 0, 0, 2]);
    expect(scoreOf([])).toEqual([0, 0, 0, 0]);
  });

  it('compares the first number that differs', () => {
    expect(compareScores([1, 0], [0, 9])).toBeGreaterThan(0);
    expect(compareScores([1, 1], [1, 2])).toBeLessThan(0);
    expect(compareScores([1, 2], [1, 2])).toBe(0);
  });
});
