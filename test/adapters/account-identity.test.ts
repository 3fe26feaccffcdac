import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountOf } from '../../lib/adapters/account-identity.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { clientConfig } from '../support/simulated-account.js';

describe('the audited account', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  });
  afterAll(() => simulator.stop());

  it('has the id of its credentials, and the alias that people gave it', async () => {
    const config = clientConfig(simulator);
    const clients = { iam: new IAMClient(config), sts: new STSClient(config) };
    expect(await accountOf(clients)).toEqual({ id: '000000000000', alias: 'conntrack-demo' });
  });
});

describe('the audited account, by what the services answer', () => {
  const clients = {
    iam: new IAMClient({ region: 'eu-west-1', maxAttempts: 1 }),
    sts: new STSClient({ region: 'eu-west-1', maxAttempts: 1 }),
  };
  const iam = mockClient(clients.iam);
  const sts = mockClient(clients.sts);
  const id = '111122223333';

  beforeEach(() => {
    iam.reset();
    sts.reset();
    sts.on(GetCallerIdentityCommand).resolves({ Account: id });
    iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: ['shop-prod'] });
  });

  it('is not asked for where its id is known', async () => {
    expect(await accountOf(clients, '444455556666')).toEqual({
      id: '444455556666',
      alias: 'shop-prod',
    });
    expect(sts.commandCalls(GetCallerIdentityCommand)).toHaveLength(0);
  });

  it.each([
    ['has none', { AccountAliases: [] }],
    ['has none in the answer', {}],
    ['has one that no account can have', { AccountAliases: ['\u001b[31mred'] }],
  ])('has no alias where it %s', async (_, answer) => {
    iam.on(ListAccountAliasesCommand).resolves(answer);
    expect(await accountOf(clients)).toEqual({ id });
  });

  it('has no alias where the role may not read it', async () => {
    iam.on(ListAccountAliasesCommand).rejects(new Error('AccessDenied'));
    expect(await accountOf(clients)).toEqual({ id });
  });

  it.each([['12345678901'], ['1234567890123'], ['arn:aws:iam']])(
    'is not known where its id is %s',
    async (Account) => {
      sts.on(GetCallerIdentityCommand).resolves({ Account });
      expect(await accountOf(clients)).toBeUndefined();
    },
  );

  it('is not known where nobody says', async () => {
    sts.on(GetCallerIdentityCommand).rejects(new Error('socket hang up'));
    expect(await accountOf(clients)).toBeUndefined();
  });
});

describe('a service that takes the question and never answers', () => {
  let silent: Server;

  beforeAll(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('does not hold the audit up', async () => {
    const config = {
      endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    const clients = { iam: new IAMClient(config), sts: new STSClient(config) };
    expect(await accountOf(clients, '111122223333')).toEqual({ id: '111122223333' });
  }, 30_000);
});
