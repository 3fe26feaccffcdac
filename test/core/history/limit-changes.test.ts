import { describe, expect, it } from 'vitest';
import { limitChanges } from '../../../lib/core/history/limit-changes.js';
import { answerOf, aRecord, aSilentRecord, hour } from '../../support/a-record.js';

const low = { max: 131_072, expected_max: 131_072 };
const high = { max: 262_144, expected_max: 131_072 };

describe('changed limits', () => {
  it('are told with what was before, what is, and what is expected', () => {
    expect(answerOf(limitChanges(), [aRecord(high)], [aRecord(low)], [aRecord(low)])).toEqual([
      {
        at: hour(1),
        cluster: 'example',
        node_group: 'workers',
        was: 262_144,
        max: 131_072,
        expected_max: 131_072,
        nodes: 1,
        instance_ids: ['i-0000000000000000a'],
      },
    ]);
  });

  it('are none at first sight, and none where a limit stays', () => {
    expect(answerOf(limitChanges(), [aRecord(low)], [aRecord(low)])).toEqual([]);
  });

  it('are one for the nodes of a group that changed alike in one audit', () => {
    const group = (limit: object) => [
      aRecord({ instance_id: 'i-b', ...limit }),
      aRecord({ instance_id: 'i-a', ...limit }),
      aRecord({ instance_id: 'i-other', cluster: 'second', ...limit }),
    ];
    const changes = answerOf(limitChanges(), group(low), group(high));
    expect(
      changes.map(({ cluster, nodes, instance_ids }) => [cluster, nodes, instance_ids]),
    ).toEqual([
      ['example', 2, ['i-a', 'i-b']],
      ['second', 1, ['i-other']],
    ]);
  });

  it.each([
    ['node groups', { node_group: 'other' }],
    ['what is expected', { expected_max: 7 }],
  ])('are told apart by %s, those of more nodes first', (_, different) => {
    const nodes = (limit: object) => [
      aRecord({ instance_id: 'i-a', ...limit, ...different }),
      aRecord({ instance_id: 'i-b', ...limit }),
      aRecord({ instance_id: 'i-c', ...limit }),
    ];
    const changes = answerOf(limitChanges(), nodes(low), nodes(high));
    expect(changes.map(({ instance_ids }) => instance_ids)).toEqual([['i-b', 'i-c'], ['i-a']]);
  });

  it('come newest first', () => {
    const changes = answerOf(limitChanges(), [aRecord(low)], [aRecord(high)], [aRecord(low)]);
    expect(changes.map(({ at, was, max }) => [at, was, max])).toEqual([
      [hour(2), 262_144, 131_072],
      [hour(1), 131_072, 262_144],
    ]);
  });

  it('are seen across audits in which the node was silent', () => {
    const changes = answerOf(limitChanges(), [aRecord(low)], [aSilentRecord()], [aRecord(high)]);
    expect(changes).toMatchObject([{ at: hour(2), was: 131_072, max: 262_144 }]);
  });

  it('do not mix nodes up', () => {
    const [a, b] = [{ instance_id: 'i-a' }, { instance_id: 'i-b' }];
    const audit = [aRecord({ ...a, ...low }), aRecord({ ...b, ...high })];
    expect(answerOf(limitChanges(), audit, audit)).toEqual([]);
  });

  it('have no expected limit where none was known', () => {
    const [change] = answerOf(limitChanges(), [aRecord({ max: 1 })], [aRecord({ max: 2 })]);
    expect(change).not.toHaveProperty('expected_max');
  });
});
