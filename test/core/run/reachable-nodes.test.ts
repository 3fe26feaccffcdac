import { describe, expect, it } from 'vitest';
import { bottlerocketOf, reachableNodes } from '../../../lib/core/run/reachable-nodes.js';
import { aNode } from '../../support/a-node.js';

const node = (instanceId: string, different = {}) => aNode({}, { instanceId, ...different }).node;

describe('reachableNodes', () => {
  it('asks the nodes that are online, and gives a reason for each other', () => {
    const { reachable, unreachable } = reachableNodes(
      [
        node('i-online'),
        node('i-offline'),
        node('i-missing'),
        node('i-auto', { autoMode: true }),
        node('i-windows', { platform: 'windows' }),
      ],
      [
        { instanceId: 'i-online', online: true },
        { instanceId: 'i-offline', online: false },
        { instanceId: 'i-auto', online: true },
        { instanceId: 'i-windows', online: true },
        { instanceId: 'i-bystander', online: true },
      ],
    );
    expect(reachable.map(({ instanceId }) => instanceId)).toEqual(['i-online']);
    expect(unreachable.map((one) => [one.node.instanceId, one.reason])).toEqual([
      ['i-offline', 'ssm-offline'],
      ['i-missing', 'ssm-missing'],
      ['i-auto', 'auto-mode'],
      ['i-windows', 'windows'],
    ]);
  });
});

describe('bottlerocketOf', () => {
  it('knows the nodes of Bottlerocket among those that are asked', () => {
    const platform = { name: 'Bottlerocket', version: '1.20.3' };
    expect(
      bottlerocketOf(
        [node('i-1'), node('i-2'), node('i-3')],
        [
          { instanceId: 'i-1', online: true, platform },
          { instanceId: 'i-2', online: true, platform: { name: 'Amazon Linux', version: '2' } },
          { instanceId: 'i-3', online: true },
          { instanceId: 'i-4', online: true, platform },
        ],
      ),
    ).toEqual([{ instanceId: 'i-1', version: '1.20.3' }]);
  });
});
