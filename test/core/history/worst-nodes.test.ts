import { describe, expect, it } from 'vitest';
import { WORST_NODES, worstNodes } from '../../../lib/core/history/worst-nodes.js';
import { answerOf, aRecord, aSilentRecord, hour } from '../../support/a-record.js';

const ids = (nodes: readonly { instance_id: string }[]) => nodes.map((node) => node.instance_id);

describe('worst nodes', () => {
  it('tells the peak of a node, its table then, and when it was first read', () => {
    const using = (entries: number, max = 100) => [aRecord({ entries, max })];
    expect(answerOf(worstNodes(), using(40), using(90), using(180, 200), using(60))).toEqual([
      {
        cluster: 'example',
        node_group: 'workers',
        instance_id: 'i-0000000000000000a',
        instance_type: 'm5.large',
        packets_dropped: 0,
        peak_usage: 0.9,
        mean_usage: (0.4 + 0.9 + 0.9 + 0.6) / 4,
        entries: 90,
        max: 100,
        peak_at: hour(1),
        readings: 4,
        silent: 0,
      },
    ]);
  });

  it('puts the fullest first, and those that are alike by their ids', () => {
    const audit = [
      aRecord({ instance_id: 'i-b', entries: 50 }),
      aRecord({ instance_id: 'i-c', entries: 60 }),
      aRecord({ instance_id: 'i-a', entries: 50 }),
    ];
    expect(ids(answerOf(worstNodes(), audit))).toEqual(['i-c', 'i-a', 'i-b']);
    expect(ids(answerOf(worstNodes(), [...audit].reverse()))).toEqual(['i-c', 'i-a', 'i-b']);
  });

  it('puts a node that refused flows before one that was only full, however calm its readings', () => {
    const calm = aRecord({ instance_id: 'i-burst', entries: 1 });
    const full = aRecord({ instance_id: 'i-full', entries: 131_000 });
    const nodes = answerOf(
      worstNodes(),
      [{ ...calm, drops: 2 }, full],
      [{ ...calm, drops: 3 }, full],
    );
    expect(nodes.map((node) => [node.instance_id, node.packets_dropped])).toEqual([
      ['i-burst', 5],
      ['i-full', 0],
    ]);
  });

  it('counts mute apart, and leaves out a node that was never read', () => {
    const audit = [
      aSilentRecord({ instance_id: 'i-sometimes' }),
      aSilentRecord({ instance_id: 'i-never' }),
    ];
    const nodes = answerOf(worstNodes(), audit, [aRecord({ instance_id: 'i-sometimes' })]);
    expect(nodes).toMatchObject([{ instance_id: 'i-sometimes', readings: 1, silent: 1 }]);
  });

  it('takes a table without entries for a reading', () => {
    expect(answerOf(worstNodes(), [aRecord({ entries: 0 })])).toMatchObject([
      { peak_usage: 0, entries: 0, max: 131_072 },
    ]);
  });

  it('names twenty', () => {
    const audit = Array.from({ length: WORST_NODES + 1 }, (_, at) =>
      aRecord({ instance_id: `i-${at}`, entries: at }),
    );
    const nodes = answerOf(worstNodes(), audit);
    expect([nodes.length, nodes[0]?.entries, nodes.at(-1)?.entries]).toEqual([20, 20, 1]);
  });
});
