import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../../lib/core/judge/finding.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { rejectedOf, unsettledOf } from '../../../lib/core/plan/left-over.js';
import { WeighedNodes } from '../../../lib/core/plan/weighed-nodes.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aCandidate, aFindingOf, aMember } from '../../support/a-candidate.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { theDemo } from '../../support/demo-run.js';

const snapshots = [aNode({}, { instanceId: 'i-1', cluster: 'shop', nodeGroup: 'web' })];
const evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet(snapshots.map(({ node }) => node)),
  snapshots,
  silent: [],
};
const weighedWith = (doubted: readonly string[] = []) =>
  new WeighedNodes(evidence, catalogue, defaultPolicy, new Set(doubted));

const finding = aFindingOf('table-pressure', ['i-1']);
const said = (different: Partial<Assessment>) => ({
  ...aMember(finding).assessment,
  ...different,
});
function why(remedies: readonly Assessment[], doubted: readonly string[] = []) {
  return unsettledOf({ ...finding, remedies }, [], weighedWith(doubted)).why;
}

describe('why a finding stays', () => {
  it('is that what is done makes it less bad alone, where it does', () => {
    const half = { least: 0.5, most: 0.5 };
    const eases = aCandidate([aMember(finding)], { change: () => ({ left: half }) });
    const { why: told } = unsettledOf(finding, [eases], weighedWith());
    expect(told).toBe('less bad once you do it in shop, and not over');
  });

  it('is that nobody believes the reading, and only where that is so of every node', () => {
    expect(why([], ['i-1'])).toMatch(/^nobody believes this reading/);
    expect(why([], ['i-2'])).toBe('nothing is known that helps');
  });

  it('is that the best that helps is not enough, and what it would leave', () => {
    expect(why([said({ predicted: { usage: 0.8 } })])).toBe(
      'Do it is not enough: 80% of the table would still be used',
    );
    expect(why([said({})])).toBe('Do it is not enough');
  });

  it('is that nobody knows, where no remedy says more', () => {
    expect(why([said({ helps: null })])).toBe('Do it may help, nobody knows how much: it helps');
  });

  it('is what there is to know in its place, where nothing helps', () => {
    const no = { helps: false, reason: 'EC2 has no more' };
    expect(why([said(no)])).toBe('nothing to do: EC2 has no more');
    expect(why([said({ ...no, steps: ['watch it'] })])).toBe(
      'nothing to do: EC2 has no more; watch it',
    );
  });

  it('says first what to do where no one value of kube-proxy does it', async () => {
    const { plan } = await theDemo();
    const shrinks = plan.unsettled.find(({ id }) => id.includes('limit-shrinks-on-upgrade'));
    expect(shrinks?.why).toMatch(
      /^before the upgrade to 1\.36 set nf_conntrack_max to 3145728 in the user data of analytics /,
    );
    expect(shrinks?.why).toContain('No value of kube-proxy does it: ');
  });
});

describe('what would not help', () => {
  const no = (id: string, reason: string, of = finding) => ({
    ...of,
    remedies: [said({ id, title: id, helps: false, reason })],
  });
  const other = aFindingOf('table-pressure', ['i-2'], { nodeGroup: 'batch' });
  const third = aFindingOf('table-pressure', ['i-3'], { nodeGroup: 'edge' });

  it('is said once for a remedy, with the reason of most findings and how many others there are', () => {
    const all = [no('a', 'rare'), no('a', 'often', other), no('a', 'often', third)];
    expect(rejectedOf(all)).toEqual([
      {
        remedy: 'a',
        title: 'a',
        reason: 'often',
        findings: all.map(({ id }) => id),
        otherReasons: 1,
      },
    ]);
    expect(rejectedOf(all.slice(1))[0]).not.toHaveProperty('otherReasons');
  });

  it('begins with what most findings ask about, and has nothing that helps', () => {
    const all = [no('a', 'one'), no('b', 'two', other), no('b', 'two', third)];
    expect(rejectedOf(all).map(({ remedy }) => remedy)).toEqual(['b', 'a']);
    expect(rejectedOf([{ ...finding, remedies: [said({})] }])).toEqual([]);
  });
});
