import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, inject } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { S3Ledger } from '../../lib/adapters/s3-ledger.js';
import { ledgerStoreContract } from '../adapters/ledger-store.contract.js';
import { lookUpIn } from '../support/look-up.js';

const clients = awsClients({
  version: 'test',
  region: 'us-east-1',
  endpoint: inject('motoEndpoint'),
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
let regions = 0;

beforeAll(async () => {
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'ledgers' }));
});

afterAll(() => {
  clients.destroy();
});

ledgerStoreContract('S3Ledger on moto', () => {
  regions += 1;
  const open = () =>
    new S3Ledger(clients.s3, {
      bucket: 'ledgers',
      account: '123456789012',
      region: `region-${regions}`,
    });
  return Promise.resolve({
    store: open(),
    another: open,
    lookUp: lookUpIn(clients.s3, 'ledgers'),
  });
});
