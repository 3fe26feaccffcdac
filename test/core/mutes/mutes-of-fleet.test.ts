import { describe, expect, it } from 'vitest';
import type { Cluster, Fleet, SilenceTags } from '../../../lib/core/node/fleet.js';
import { silencesOfFleet } from '../../../lib/core/mutes/mutes-of-fleet.js';
import { aFleet, aNode } from '../../support/a-node.js';

const now = '2026-11-23T08:00:00.000Z';
const until = '2026-12-01';
const reason = 'load test';
const whole = { until: '2026-12-01T00:00:00.000Z', reason };

/** Nodes `i-1`, `i-2`, ... with these tags. */
function nodesWith(...tags: (SilenceTags | undefined)[]): Fleet {
  return aFleet(
    tags.map((silence, at) => {
      const instanceId = `i-${at + 1}`;
      return aNode({}, { instanceId, ...(silence && { silence }) }).node;
    }),
  );
}

function clustersWith(...silences: Cluster['nodeGroupSilences'][]): Fleet {
  const clusters = silences.map((nodeGroupSilences, at) => ({
    name: `cluster-${at + 1}`,
    ...(nodeGroupSilences && { nodeGroupSilences }),
  }));
  return { ...aFleet([]), clusters };
}

describe('silencesOfFleet', () => {
  it('silences the instance that carries the tags', () => {
    expect(silencesOfFleet(nodesWith(undefined, { until, reason }), now)).toEqual({
      silences: [{ instanceId: 'i-2', ...whole }],
      notes: [],
    });
  });

  it('silences a node group that carries the tags, in its own cluster only', () => {
    const fleet = clustersWith(undefined, [{ nodeGroup: 'blue', silence: { until, reason } }]);
    expect(silencesOfFleet(fleet, now)).toEqual({
      silences: [{ cluster: 'cluster-2', nodeGroup: 'blue', ...whole }],
      notes: [],
    });
  });

  it('silences the one rule that is named', () => {
    const { silences } = silencesOfFleet(nodesWith({ until, reason, rule: 'hot-node' }), now);
    expect(silences).toEqual([{ instanceId: 'i-1', rule: 'hot-node', ...whole }]);
  });

  it('silences a node that is silent itself', () => {
    const { silences } = silencesOfFleet(nodesWith({ until, reason, rule: 'node-silent' }), now);
    expect(silences).toMatchObject([{ rule: 'node-silent' }]);
  });

  it.each([
    ['2026-11-23T08:00:00Z', 0],
    ['2026-11-23T08:00:01Z', 1],
    ['2026-11-23T09:00:00+01:00', 0],
    ['2026-11-23', 0],
    ['2026-11-24', 1],
  ])('has of a silence until %s at 08:00 on the 23rd: %i', (end, count) => {
    const { silences, notes } = silencesOfFleet(nodesWith({ until: end, reason }), now);
    expect(silences).toHaveLength(count);
    expect(notes).toEqual([]);
  });

  it.each(['tomorrow', '', '2026-02-30', '2026-12-01T08:00', '01.12.2026'])(
    'silences nothing until %j, and says so',
    (end) => {
      expect(silencesOfFleet(nodesWith({ until: end, reason }), now)).toEqual({
        silences: [],
        notes: [
          `tag conntrack-auditor/silence-until of i-1 is '${end}', and should be a date such as 2026-12-01`,
        ],
      });
    },
  );

  it.each<[SilenceTags, string]>([
    [{ reason }, 'silence-until of i-1 is missing, and should be a date such as 2026-12-01'],
    [{ until }, 'silence-reason of i-1 is missing, and should say why'],
    [{ until, reason: '' }, "silence-reason of i-1 is '', and should say why"],
    [
      { until, reason, rule: 'tabel-pressure' },
      "silence-rule of i-1 is 'tabel-pressure', and should be the id of a rule",
    ],
    [{ until, reason, rule: '' }, "silence-rule of i-1 is '', and should be the id of a rule"],
  ])('does not take %j for a silence, and says why', (tags, note) => {
    expect(silencesOfFleet(nodesWith(tags), now)).toEqual({
      silences: [],
      notes: [`tag conntrack-auditor/${note}`],
    });
  });

  it('names the node group whose tag is no use', () => {
    const fleet = clustersWith([{ nodeGroup: 'blue', silence: { until: 'soon', reason } }]);
    expect(silencesOfFleet(fleet, now).notes).toEqual([
      "tag conntrack-auditor/silence-until of node group blue of cluster-1 is 'soon', and should be a date such as 2026-12-01",
    ]);
  });

  it('says once what many nodes carry alike', () => {
    const soon = { until: 'soon', reason };
    const fleet = nodesWith(soon, { until: 'later', reason }, soon, soon);
    expect(silencesOfFleet(fleet, now).notes).toEqual([
      "tag conntrack-auditor/silence-until of i-1 and 2 more is 'soon', and should be a date such as 2026-12-01",
      "tag conntrack-auditor/silence-until of i-2 is 'later', and should be a date such as 2026-12-01",
    ]);
  });

  it('counts the notes that would be too many', () => {
    const bad = (count: number) =>
      nodesWith(...Array.from({ length: count }, (_, at) => ({ until: `soon ${at}`, reason })));
    const ten = silencesOfFleet(bad(10), now).notes;
    expect(ten.at(-1)).toContain("i-10 is 'soon 9'");
    expect(silencesOfFleet(bad(12), now).notes).toEqual([
      ...ten,
      '2 more values of such tags are no silences either',
    ]);
  });

  it('says of which clusters the tags of node groups may not be read', () => {
    const fleet = clustersWith('not-allowed', undefined, 'not-allowed');
    expect(silencesOfFleet(fleet, now)).toEqual({
      silences: [],
      notes: [
        'silences that node groups carry as tags are not known for cluster-1, cluster-3: the role may not call eks:ListNodegroups and eks:DescribeNodegroup',
      ],
    });
  });

  it('has nothing to say of a fleet without such tags', () => {
    expect(silencesOfFleet(nodesWith(undefined), now)).toEqual({ silences: [], notes: [] });
  });
});
