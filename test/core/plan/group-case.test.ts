import { describe, expect, it } from 'vitest';
import { casesOf } from '../../../lib/core/plan/group-case.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aFindingOf } from '../../support/a-candidate.js';
import { aFleet, aNodeUsing } from '../../support/a-node.js';

const in_ = (nodeGroup: string, instanceId: string, entries: number) =>
  aNodeUsing(entries, 100_000, { instanceId, cluster: 'shop', nodeGroup });
const snapshots = [in_('web', 'i-1', 50_000), in_('web', 'i-2', 90_000), in_('batch', 'i-3', 10)];
const evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet(snapshots.map(({ node }) => node)),
  snapshots,
  silent: [],
};
const cases = (...findings: ReturnType<typeof aFindingOf>[]) =>
  casesOf(evidence, { findings } as unknown as Parameters<typeof casesOf>[1], catalogue.silentRule);

describe('the cases of a report', () => {
  it('are one for each node group, the worst first', () => {
    const warning = aFindingOf('dns-entry-share', ['i-1']);
    const critical = aFindingOf('table-drops', ['i-3'], {
      nodeGroup: 'batch',
      severity: 'critical',
    });
    expect(cases(warning, critical).map(({ nodeGroup }) => nodeGroup)).toEqual(['batch', 'web']);
  });

  it('are ordered by the fullest table where they are as bad', () => {
    const empty = aFindingOf('hash-crowding', ['i-3'], { nodeGroup: 'batch' });
    const full = aFindingOf('hash-crowding', ['i-2']);
    expect(cases(empty, full).map(({ nodeGroup }) => nodeGroup)).toEqual(['web', 'batch']);
  });

  it('tell how many nodes there are, how many have a finding, and the fullest of these', () => {
    const [one] = cases(aFindingOf('dns-entry-share', ['i-1']));
    expect(one).toMatchObject({ nodes: 2, affected: 1, worst: { instanceId: 'i-1' } });
    const [both] = cases(aFindingOf('dns-entry-share', ['i-1', 'i-2']));
    expect(both).toMatchObject({ nodes: 2, affected: 2, worst: { instanceId: 'i-2' } });
  });

  it('count all nodes of the cluster where the fault is the cluster’s', () => {
    const [one] = cases(aFindingOf('limit-shrinks-on-upgrade', ['i-1'], { nodeGroup: '*' }));
    expect(one).toMatchObject({ nodeGroup: '*', nodes: 3, affected: 1 });
  });

  it('say once why, by the worst finding that knows it', () => {
    const mild = aFindingOf('dns-entry-share', ['i-1'], { severity: 'notice', why: 'mild' });
    const worse = aFindingOf('table-pressure', ['i-1'], { why: 'worse' });
    const silent = aFindingOf('table-drops', ['i-1'], { severity: 'critical' });
    expect(cases(mild, worse, silent)).toMatchObject([{ severity: 'critical', why: 'worse' }]);
  });

  it('are not made of silent nodes', () => {
    expect(cases(aFindingOf(catalogue.silentRule.id, ['i-9']))).toEqual([]);
  });

  it('have no fullest table where none was read', () => {
    const [one] = cases(aFindingOf('reading-implausible', ['i-9']));
    expect(one).not.toHaveProperty('worst');
  });
});
