import {
  DescribeNodegroupCommand,
  EKSClient,
  EKSServiceException,
  ListNodegroupsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeGroupMutes } from '../../lib/adapters/eks-clusters.js';

const eks = mockClient(EKSClient);
const mutes = () => nodeGroupMutes(new EKSClient({ region: 'eu-west-1' }), 'prod');
const until = { 'conntrack-auditor/silence-until': '2026-12-01' };
const notFound = new ResourceNotFoundException({
  message: 'No node group found for name: blue.',
  $metadata: { httpStatusCode: 404 },
});
const refusal = (name: string, httpStatusCode: number) =>
  new EKSServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });

/** Tags of the group `blue`, the only one of the cluster. */
function blue(tags: Record<string, string> | undefined): void {
  eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { ...(tags && { tags }) } });
}

beforeEach(() => {
  eks.reset();
  eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['blue'] });
});

describe('nodeGroupMutes', () => {
  it('reads the tags of each group, page by page, one call for each', async () => {
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['blue', 'green'], nextToken: 'more' });
    eks.on(ListNodegroupsCommand, { nextToken: 'more' }).resolves({ nodegroups: ['red'] });
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { tags: until } });
    eks.on(DescribeNodegroupCommand, { nodegroupName: 'green' }).resolves({ nodegroup: {} });
    expect(await mutes()).toEqual([
      { nodeGroup: 'blue', mute: { until: '2026-12-01' } },
      { nodeGroup: 'red', mute: { until: '2026-12-01' } },
    ]);
    const asked = eks.commandCalls(DescribeNodegroupCommand).map((call) => call.args[0].input);
    expect(asked).toEqual([
      { clusterName: 'prod', nodegroupName: 'blue' },
      { clusterName: 'prod', nodegroupName: 'green' },
      { clusterName: 'prod', nodegroupName: 'red' },
    ]);
    expect(eks.commandCalls(ListNodegroupsCommand)[0]?.args[0].input).toMatchObject({
      clusterName: 'prod',
      maxResults: 100,
    });
  });

  it('makes the values safe to show', async () => {
    blue({ ...until, 'conntrack-auditor/silence-reason': `a\u0000b\u202e${'c'.repeat(300)}` });
    const found = await mutes();
    expect(found).toEqual([
      {
        nodeGroup: 'blue',
        mute: { until: '2026-12-01', reason: `a?b?${'c'.repeat(251)}…` },
      },
    ]);
  });

  it.each([{}, undefined, { team: 'a', 'mute-until': '2026-12-01' }])(
    'has nothing of a group with the tags %j',
    async (tags) => {
      blue(tags);
      expect(await mutes()).toBeUndefined();
    },
  );

  it('asks of no group where a cluster has none', async () => {
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: [] });
    expect(await mutes()).toBeUndefined();
    expect(eks.commandCalls(DescribeNodegroupCommand)).toHaveLength(0);
  });

  it('leaves out a group, or a whole cluster, that was deleted meanwhile', async () => {
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['blue', 'green'] });
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { tags: until } });
    eks.on(DescribeNodegroupCommand, { nodegroupName: 'blue' }).rejects(notFound);
    expect(await mutes()).toMatchObject([{ nodeGroup: 'green' }]);
    eks.on(ListNodegroupsCommand).rejects(notFound);
    expect(await mutes()).toBeUndefined();
  });

  it('says so when the role may not ask, at the list or at a group', async () => {
    eks.on(DescribeNodegroupCommand).rejects(refusal('AccessDeniedException', 403));
    expect(await mutes()).toBe('not-allowed');
    eks.on(ListNodegroupsCommand).rejects(refusal('AccessDeniedException', 403));
    expect(await mutes()).toBe('not-allowed');
  });

  it.each([
    refusal('UnrecognizedClientException', 403),
    refusal('ThrottlingException', 429),
    new Error('socket hang up'),
  ])('fails when EKS fails in another way: $name', async (error) => {
    blue(until);
    eks.on(ListNodegroupsCommand).rejects(error);
    await expect(mutes()).rejects.toBe(error);
  });
});
