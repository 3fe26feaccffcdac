import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import {
  accountId,
  aMember,
  aMemberWithoutRole,
  anOrganization,
  EXTERNAL_ID,
  PRODUCTION,
  ROLE,
  ROOT_ID,
  STORES,
} from '../support/an-organization.js';
import { aSimulatedFleet, aSimulatedNode } from '../support/a-simulated-node.js';
import { clientConfig } from '../support/simulated-account.js';

const REGIONS = ['us-east-1', 'eu-west-1'];
const throttled = ['eks:ListClusters', 'ec2:DescribeInstances'];

let simulator: Simulator;
beforeAll(async () => {
  const members = [
    ...Array.from({ length: 21 }, (_, at) => aMember(at + 1, REGIONS)),
    { ...aMemberWithoutRole(22, REGIONS), unit: STORES },
    aMember(23, REGIONS, { throttled, unit: STORES, state: 'SUSPENDED' }),
  ];
  simulator = await startSimulator({
    fleet: aSimulatedFleet([]),
    organization: anOrganization(REGIONS, members),
  });
});
afterAll(() => simulator.stop());

async function assume(account: string, different: object = {}) {
  const sts = new STSClient(clientConfig(simulator));
  const { Credentials, AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${ROLE}`,
      RoleSessionName: 'alice@example.com',
      ExternalId: EXTERNAL_ID,
      ...different,
    }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  return { credentials, arn: AssumedRoleUser?.Arn };
}

describe('a role in another account', () => {
  it('is that account, in every Region, and says whose session it is', async () => {
    const { credentials, arn } = await assume(accountId(1));
    expect(arn).toBe(`arn:aws:sts::${accountId(1)}:assumed-role/${ROLE}/alice@example.com`);
    const sts = new STSClient({ ...clientConfig(simulator), credentials, region: 'eu-west-1' });
    const who = await sts.send(new GetCallerIdentityCommand({}));
    expect({ Account: who.Account, Arn: who.Arn }).toEqual({ Account: accountId(1), Arn: arn });
  });

  it.each([
    ['the account has no such role', 22, {}],
    ['nobody knows the account', 99, {}],
    ['the external id is another', 1, { ExternalId: 'platform-teams' }],
    ['the external id is missing', 1, { ExternalId: undefined }],
  ])('is refused where %s, in the same words', async (_, number, different) => {
    await expect(assume(accountId(number), different)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${accountId(number)}:role/${ROLE}`,
    });
  });

  it('refuses a session name that STS would not take', async () => {
    const refused = assume(accountId(1), { RoleSessionName: 'alice smith' });
    await expect(refused).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('has keys that nobody can make up', async () => {
    const { credentials } = await assume(accountId(1));
    for (const wrong of [{ sessionToken: 'guessed' }, { accessKeyId: 'ASIAGUESSED' }]) {
      const config = { ...clientConfig(simulator), credentials: { ...credentials, ...wrong } };
      await expect(
        new STSClient(config).send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({
        name: 'InvalidClientTokenId',
      });
    }
  });

  it('throttles what the account throttles, and answers in the other', async () => {
    const clustersOf = async (number: number) => {
      const { credentials } = await assume(accountId(number));
      const eks = new EKSClient({ ...clientConfig(simulator), credentials, region: 'eu-west-1' });
      return (await eks.send(new ListClustersCommand({}))).clusters;
    };
    expect(await clustersOf(1)).toEqual(['shop']);
    await expect(clustersOf(23)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('the organization of the account', () => {
  const client = () => new OrganizationsClient(clientConfig(simulator));

  it('lists the accounts of a unit, 20 at a time, and not those of the units in it', async () => {
    const list = (NextToken?: string) =>
      client().send(new ListAccountsForParentCommand({ ParentId: PRODUCTION, NextToken }));
    const first = await list();
    const second = await list(first.NextToken);
    expect([first.Accounts?.length, second.Accounts?.length, second.NextToken]).toEqual([
      20,
      1,
      undefined,
    ]);
    expect(first.Accounts?.[0]).toMatchObject({
      Id: accountId(1),
      Name: 'shop-1',
      State: 'ACTIVE',
    });
  });

  it('lists the units of a unit', async () => {
    const unitsOf = async (ParentId: string) => {
      const found = await client().send(new ListOrganizationalUnitsForParentCommand({ ParentId }));
      return found.OrganizationalUnits?.map(({ Id }) => Id);
    };
    expect(await unitsOf(ROOT_ID)).toEqual([PRODUCTION]);
    expect(await unitsOf(PRODUCTION)).toEqual([STORES]);
    expect(await unitsOf(STORES)).toEqual([]);
  });

  it('refuses a unit that is not there, and whoever is a member', async () => {
    const ask = { ParentId: 'ou-ab12-nothere1' };
    await expect(client().send(new ListAccountsForParentCommand(ask))).rejects.toMatchObject({
      name: 'ParentNotFoundException',
    });
    const { credentials } = await assume(accountId(1));
    const member = new OrganizationsClient({ ...clientConfig(simulator), credentials });
    await expect(
      member.send(new ListAccountsForParentCommand({ ParentId: ROOT_ID })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('has Regions that are enabled', async () => {
    const { Regions } = await new EC2Client(clientConfig(simulator)).send(
      new DescribeRegionsCommand({}),
    );
    expect(Regions?.map(({ RegionName }) => RegionName)).toEqual(REGIONS);
  });
});

it('is refused if two instances of two accounts share an id', async () => {
  const fleet = aSimulatedFleet([aSimulatedNode(1)]);
  const members = [aMember(1, [], { fleets: { 'eu-west-1': fleet } })];
  await expect(
    startSimulator({ fleet, organization: anOrganization(REGIONS, members) }),
  ).rejects.toThrow('two instances of the fleet share one id');
});
