import { IAMClient, ListAccountAliasesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

let simulator: Simulator;
let iam: IAMClient;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  iam = new IAMClient(clientConfig(simulator));
});
afterAll(() => simulator.stop());

describe('the identity of the simulated account', () => {
  it('has an id', async () => {
    const sts = new STSClient(clientConfig(simulator));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('000000000000');
  });

  it('has one alias', async () => {
    const { AccountAliases, IsTruncated } = await iam.send(new ListAccountAliasesCommand({}));
    expect({ AccountAliases, IsTruncated }).toEqual({
      AccountAliases: ['conntrack-demo'],
      IsTruncated: false,
    });
  });

  it('refuses what it does not know of IAM, in the shape of a query service', async () => {
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: "the simulated account has no operation 'ListUsers' of 'iam'",
    });
  });
});
