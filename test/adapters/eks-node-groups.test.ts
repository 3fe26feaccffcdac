import {
  DescribeNodegroupCommand,
  EKSClient,
  EKSServiceException,
  ListNodegroupsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeGroupMutes } from '../../lib/adapters/eks-node-groups.js';
import { ServiceAttempts } from '../../lib/adapters/service-attempts.js';

const eks = mockClient(EKSClient);
const tags = () =>
  nodeGroupMutes(new EKSClient({ region: 'eu-west-1' }), 'prod', new ServiceAttempts());
const mutes = async () => (await tags()).nodeGroupMutes;
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

  it('bounds the values, and leaves them as they are', async () => {
    blue({ ...until, 'conntrack-auditor/silence-reason': `a\u0000b\u202e${'c'.repeat(300)}` });
    const found = await mutes();
    expect(found).toEqual([
      {
        nodeGroup: 'blue',
        mute: { until: '2026-12-01', reason: `a\u0000b\u202e${'c'.repeat(251)}…` },
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

  it('goes on with the others where the role may not ask for one group', async () => {
    eks.on(ListNodegroupsCommand).resolves({ nodegroups: ['blue', 'green', 'red'] });
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: { tags: until } });
    eks
      .on(DescribeNodegroupCommand, { nodegroupName: 'green' })
      .rejects(refusal('AccessDeniedException', 403));
    const { nodeGroupMutes: found, gaps } = await tags();
    expect(found?.map(({ nodeGroup }) => nodeGroup)).toEqual(['blue', 'red']);
    expect(gaps).toEqual([
      {
        about: 'node-groups',
        subject: 'node group green of prod',
        cluster: 'prod',
        operation: 'eks:DescribeNodegroup',
        reason: 'not-permitted',
        detail: 'AccessDeniedException',
      },
    ]);
  });

  it.each([
    { count: 3, subject: 'node groups g-0, g-1, g-2 of prod' },
    { count: 4, subject: 'node groups g-0, g-1, g-2 and 1 more of prod' },
  ])('has one gap for $count groups that were refused alike', async ({ count, subject }) => {
    const nodegroups = Array.from({ length: count }, (_, at) => `g-${at}`);
    eks.on(ListNodegroupsCommand).resolves({ nodegroups });
    eks.on(DescribeNodegroupCommand).rejects(refusal('AccessDeniedException', 403));
    const { gaps } = await tags();
    expect(gaps.map((gap) => gap.subject)).toEqual([subject]);
  });

  it.each([
    [refusal('AccessDeniedException', 403), 'not-permitted'],
    [refusal('ThrottlingException', 429), 'throttled'],
    [Object.assign(new Error('too slow'), { name: 'TimeoutError' }), 'timed-out'],
    [new Error('socket hang up'), 'failed'],
  ])('has a gap where EKS would not list the groups: $name', async (error, reason) => {
    eks.on(ListNodegroupsCommand).rejects(error);
    expect(await tags()).toMatchObject({
      gaps: [{ subject: 'node groups of prod', operation: 'eks:ListNodegroups', reason }],
    });
  });

  it('takes an answer without its content for broken, and not for a cluster without groups', async () => {
    eks.on(DescribeNodegroupCommand).resolves({});
    expect((await tags()).gaps).toMatchObject([{ detail: 'the answer has no nodegroup' }]);
    eks.on(ListNodegroupsCommand).resolves({});
    expect((await tags()).gaps).toMatchObject([{ detail: 'the answer has no nodegroups' }]);
  });

  it('fails where the credentials have expired: no other call would fare better', async () => {
    const error = refusal('UnrecognizedClientException', 403);
    eks.on(ListNodegroupsCommand).rejects(error);
    await expect(tags()).rejects.toBe(error);
  });
});
