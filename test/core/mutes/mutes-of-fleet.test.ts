import { describe, expect, it } from 'vitest';
import type { Cluster, Fleet, MuteTags } from '../../../lib/core/node/fleet.js';
import { mutesOfFleet } from '../../../lib/core/mutes/mutes-of-fleet.js';
import { aFleet, aNode } from '../../support/a-node.js';

const now = '2026-11-23T08:00:00.000Z';
const until = '2026-12-01';
const reason = 'load test';
const whole = { until: '2026-12-01T00:00:00.000Z', reason };

/** Nodes `i-1`, `i-2`, ... with these tags. */
function nodesWith(...tags: (MuteTags | undefined)[]): Fleet {
  return aFleet(
    tags.map((mute, at) => {
      const instanceId = `i-${at + 1}`;
      return aNode({}, { instanceId, ...(mute && { mute }) }).node;
    }),
  );
}

function clustersWith(...mutes: Cluster['nodeGroupMutes'][]): Fleet {
  const clusters = mutes.map((nodeGroupMutes, at) => ({
    name: `cluster-${at + 1}`,
    ...(nodeGroupMutes && { nodeGroupMutes }),
  }));
  return { ...aFleet([]), clusters };
}

describe('mutesOfFleet', () => {
  it('mutes the instance that carries the tags', () => {
    expect(mutesOfFleet(nodesWith(undefined, { until, reason }), now)).toEqual({
      mutes: [{ instanceId: 'i-2', ...whole }],
      notes: [],
    });
  });

  it('mutes a node group that carries the tags, in its own cluster only', () => {
    const fleet = clustersWith(undefined, [{ nodeGroup: 'blue', mute: { until, reason } }]);
    expect(mutesOfFleet(fleet, now)).toEqual({
      mutes: [{ cluster: 'cluster-2', nodeGroup: 'blue', ...whole }],
      notes: [],
    });
  });

  it('mutes the one rule that is named', () => {
    const { mutes } = mutesOfFleet(nodesWith({ until, reason, rule: 'hot-node' }), now);
    expect(mutes).toEqual([{ instanceId: 'i-1', rule: 'hot-node', ...whole }]);
  });

  it('mutes a node that is silent itself', () => {
    const { mutes } = mutesOfFleet(nodesWith({ until, reason, rule: 'node-silent' }), now);
    expect(mutes).toMatchObject([{ rule: 'node-silent' }]);
  });

  it.each([
    ['2026-11-23T08:00:00Z', 0],
    ['2026-11-23T08:00:01Z', 1],
    ['2026-11-23T09:00:00+01:00', 0],
    ['2026-11-23', 0],
    ['2026-11-24', 1],
  ])('has of a mute until %s at 08:00 on the 23rd: %i', (end, count) => {
    const { mutes, notes } = mutesOfFleet(nodesWith({ until: end, reason }), now);
    expect(mutes).toHaveLength(count);
    expect(notes).toEqual([]);
  });

  it.each(['tomorrow', '', '2026-02-30', '2026-12-01T08:00', '01.12.2026'])(
    'mutes nothing until %j, and says so',
    (end) => {
      expect(mutesOfFleet(nodesWith({ until: end, reason }), now)).toEqual({
        mutes: [],
        notes: [
          `tag conntrack-auditor/silence-until of i-1 is '${end}', and should be a date such as 2026-12-01`,
        ],
      });
    },
  );

  it.each<[MuteTags, string]>([
    [{ reason }, 'silence-until of i-1 is missing, and should be a date such as 2026-12-01'],
    [{ until }, 'silence-reason of i-1 is missing, and should say why'],
    [{ until, reason: '' }, "silence-reason of i-1 is '', and should say why"],
    [
      { until, reason, rule: 'tabel-pressure' },
      "silence-rule of i-1 is 'tabel-pressure', and should be the id of a rule",
    ],
    [{ until, reason, rule: '' }, "silence-rule of i-1 is '', and should be the id of a rule"],
  ])('does not take %j for a mute, and says why', (tags, note) => {
    expect(mutesOfFleet(nodesWith(tags), now)).toEqual({
      mutes: [],
      notes: [`tag conntrack-auditor/${note}`],
    });
  });

  it('names the node group whose tag is no use', () => {
    const fleet = clustersWith([{ nodeGroup: 'blue', mute: { until: 'soon', reason } }]);
    expect(mutesOfFleet(fleet, now).notes).toEqual([
      "tag conntrack-auditor/silence-until of node group blue of cluster-1 is 'soon', and should be a date such as 2026-12-01",
    ]);
  });

  it('says once what many nodes carry alike', () => {
    const soon = { until: 'soon', reason };
    const fleet = nodesWith(soon, { until: 'later', reason }, soon, soon);
    expect(mutesOfFleet(fleet, now).notes).toEqual([
      "tag conntrack-auditor/silence-until of i-1 and 2 more is 'soon', and should be a date such as 2026-12-01",
      "tag conntrack-auditor/silence-until of i-2 is 'later', and should be a date such as 2026-12-01",
    ]);
  });

  it('counts the notes that would be too many', () => {
    const bad = (count: number) =>
      nodesWith(...Array.from({ length: count }, (_, at) => ({ until: `soon ${at}`, reason })));
    const ten = mutesOfFleet(bad(10), now).notes;
    expect(ten.at(-1)).toContain("i-10 is 'soon 9'");
    expect(mutesOfFleet(bad(12), now).notes).toEqual([
      ...ten,
      '2 more values of such tags are no mutes either',
    ]);
  });

  it('has nothing to say of a fleet without such tags', () => {
    expect(mutesOfFleet(nodesWith(undefined), now)).toEqual({ mutes: [], notes: [] });
  });
});
