import { describe, expect, it } from 'vitest';
import { dropsByGroup } from '../../../lib/core/history/drops-by-group.js';
import { answerOf, aRecord, aSilentRecord, hour } from '../../support/a-record.js';

describe('drops by node group', () => {
  it('are summed over the nodes of a group, with when the first and the last was seen', () => {
    const a = aRecord({ instance_id: 'i-a' });
    const b = aRecord({ instance_id: 'i-b' });
    const c = aRecord({ instance_id: 'i-c' });
    const answer = answerOf(
      dropsByGroup(),
      [a, b, c],
      [{ ...a, drops: 5, early_drops: 50 }, b, c],
      [{ ...a, drops: 1 }, { ...b, drops: 4 }, c],
      [a, b, { ...c, early_drops: 2 }],
    );
    expect(answer).toEqual({
      groups: [
        {
          cluster: 'example',
          node_group: 'workers',
          packets_dropped: 10,
          entries_evicted: 52,
          dropping_nodes: 2,
          nodes: 3,
          first_drop: hour(1),
          last_drop: hour(2),
        },
      ],
      unknown: 0,
    });
  });

  it('name no group in which nothing was dropped or evicted', () => {
    expect(answerOf(dropsByGroup(), [aRecord()])).toEqual({ groups: [], unknown: 0 });
  });

  it('name a group that only evicted, without a time of drops', () => {
    const { groups } = answerOf(dropsByGroup(), [aRecord({ early_drops: 1 })]);
    expect(groups).toMatchObject([{ packets_dropped: 0, entries_evicted: 1, dropping_nodes: 0 }]);
    expect(groups[0]).not.toHaveProperty('first_drop');
  });

  it('come with the most drops first, then the most evictions, then by name', () => {
    const { groups } = answerOf(dropsByGroup(), [
      aRecord({ node_group: 'b', early_drops: 1 }),
      aRecord({ node_group: 'a', early_drops: 1 }),
      aRecord({ node_group: 'evicting', early_drops: 2 }),
      aRecord({ node_group: 'dropping', drops: 1 }),
      aRecord({ node_group: 'b', cluster: 'an earlier name', early_drops: 1 }),
    ]);
    expect(groups.map(({ cluster, node_group }) => [cluster, node_group])).toEqual([
      ['example', 'dropping'],
      ['example', 'evicting'],
      ['an earlier name', 'b'],
      ['example', 'a'],
      ['example', 'b'],
    ]);
  });

  it('keep groups of one name in two clusters apart', () => {
    const { groups } = answerOf(dropsByGroup(), [
      aRecord({ drops: 2 }),
      aRecord({ drops: 1, cluster: 'second' }),
    ]);
    expect(groups.map(({ packets_dropped }) => packets_dropped)).toEqual([2, 1]);
  });

  it('say how many readings cannot tell, and do not count mute among them', () => {
    const { drops: _, ...first } = aRecord();
    const { unknown } = answerOf(dropsByGroup(), [first, aSilentRecord()], [aRecord()]);
    expect(unknown).toBe(1);
  });
});
