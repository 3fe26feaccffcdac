import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { HandlerCodeBucket } from '../../lib/constructs/handler-code.js';
import {
  everything,
  mayDo,
  policyIn,
  rolePolicy,
  type Caller,
  type References,
} from '../support/policies.js';
import { synthAuditor } from '../support/synth-auditor.js';
import { ORGANIZATION, synthHub } from '../support/synth-hub.js';

const HUB = '999900001111';
const ONE = '111122223333';
const OTHER = '444455556666';

const TOPIC = `arn:aws:sns:eu-west-1:${HUB}:findings`;
const KEY = `arn:aws:kms:eu-west-1:${HUB}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const place = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': HUB,
  'AWS::URLSuffix': 'amazonaws.com',
};

const { template } = synthHub({ ownKey: true });
const [topicId = ''] = Object.keys(template.findResources('AWS::SNS::Topic'));
const [bucketId = ''] = Object.keys(template.findResources('AWS::S3::Bucket'));
const references: References = {
  ...place,
  [topicId]: TOPIC,
  [bucketId]: 'hub',
  [`${bucketId}.Arn`]: 'arn:aws:s3:::hub',
};
const policies = {
  topic: policyIn(template, 'AWS::SNS::TopicPolicy', references),
  bucket: policyIn(template, 'AWS::S3::BucketPolicy', references),
  key: policyIn(template, 'AWS::KMS::Key', references),
};

const member: Caller = { account: ONE, organization: ORGANIZATION, policy: everything };
const ofAnother: Caller = { ...member, organization: 'o-zzzzzzzzzz' };
const ofNone: Caller = { account: ONE, policy: everything };
const outsiders = [
  ['of another organization', ofAnother],
  ['of no organization', ofNone],
] as const;

function publish(caller: Caller, context = {}) {
  const wish = { action: 'sns:Publish', resource: TOPIC, owner: HUB, policy: policies.topic };
  return mayDo(caller, { ...wish, context });
}

function keep(caller: Caller, action: string, key: string) {
  const resource = `arn:aws:s3:::hub/${key}`;
  return mayDo(caller, { action, resource, owner: HUB, policy: policies.bucket });
}

function list(caller: Caller, prefix: string) {
  const context = { 's3:prefix': prefix };
  const wish = { action: 's3:ListBucket', resource: 'arn:aws:s3:::hub', owner: HUB };
  return mayDo(caller, { ...wish, policy: policies.bucket, context });
}

/** A key of each kind that an audit of this account writes. */
const keysOf = (account: string) => [
  `runs/${account}/eu-west-1/20261127T060000Z-0123/report.json`,
  `ledger/${account}/eu-west-1/ledger.json`,
  `history/dt=2026-11-27/account=${account}/region=eu-west-1/run.ndjson.gz`,
];

describe('the topic of a hub', () => {
  it('takes what an account of the organization publishes', async () => {
    expect(await publish(member)).toBe(true);
  });

  it.each(outsiders)('takes nothing from an account %s', async (_, outsider) => {
    expect(await publish(outsider)).toBe(false);
  });

  it('takes nothing without TLS', async () => {
    expect(await publish(member, { 'aws:SecureTransport': 'false' })).toBe(false);
  });

  it('lets nobody of the organization change it', async () => {
    const wish = { resource: TOPIC, owner: HUB, policy: policies.topic };
    expect(await mayDo(member, { ...wish, action: 'sns:SetTopicAttributes' })).toBe(false);
    expect(await mayDo(member, { ...wish, action: 'sns:Subscribe' })).toBe(false);
  });
});

describe('the bucket of a hub', () => {
  it.each(keysOf(ONE))('lets an account write and read %s of its own', async (key) => {
    expect(await keep(member, 's3:PutObject', key)).toBe(true);
    expect(await keep(member, 's3:GetObject', key)).toBe(true);
  });

  it.each(keysOf(OTHER))('lets an account neither write nor read %s of another', async (key) => {
    expect(await keep(member, 's3:PutObject', key)).toBe(false);
    expect(await keep(member, 's3:GetObject', key)).toBe(false);
  });

  it('lets no account write into the history of another, by a folder that looks like its own', async () => {
    const key = `history/dt=2026-11-27/account=${OTHER}/region=eu-west-1/account=${ONE}/region=eu-west-1/run.ndjson.gz`;
    expect(await keep(member, 's3:PutObject', key)).toBe(false);
  });

  it.each(outsiders)('is closed to an account %s', async (_, outsider) => {
    for (const key of keysOf(ONE)) {
      expect(await keep(outsider, 's3:PutObject', key)).toBe(false);
      expect(await keep(outsider, 's3:GetObject', key)).toBe(false);
    }
    expect(await list(outsider, `runs/${ONE}/eu-west-1/run/`)).toBe(false);
  });

  it('lists the runs of the account that asks, and nothing else', async () => {
    expect(await list(member, `runs/${ONE}/eu-west-1/run/`)).toBe(true);
    expect(await list(member, `runs/${OTHER}/eu-west-1/run/`)).toBe(false);
    expect(await list(member, '')).toBe(false);
    expect(await list(member, 'ledger/')).toBe(false);
  });

  it('lets an account delete nothing, not even of its own', async () => {
    expect(await keep(member, 's3:DeleteObject', keysOf(ONE)[0] ?? '')).toBe(false);
  });
});

describe('the own key of a hub', () => {
  const use = (caller: Caller, service: string) =>
    mayDo(caller, {
      ...{ action: 'kms:GenerateDataKey', resource: KEY, owner: HUB, policy: policies.key },
      context: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` },
    });

  it('serves the organization through S3 and SNS, and no other service', async () => {
    expect(await use(member, 's3')).toBe(true);
    expect(await use(member, 'sns')).toBe(true);
    expect(await use(member, 'dynamodb')).toBe(false);
  });

  it('serves the alarms of its account, which ring on the topic', () => {
    expect(JSON.stringify(policies.key)).toContain(
      `"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Condition":{"StringEquals":{"aws:SourceAccount":"${HUB}"}`,
    );
  });

  it.each(outsiders)('serves no account %s', async (_, outsider) => {
    expect(await use(outsider, 's3')).toBe(false);
  });
});

describe('the role of a spoke', () => {
  const hub = { topicArn: TOPIC, bucketName: 'hub', keyArn: KEY };
  const spoke: Caller = {
    ...member,
    policy: rolePolicy(synthAuditor({ hub }).template, /AuditorAuditRole/, {
      ...place,
      'AWS::AccountId': ONE,
    }),
  };

  it('publishes to the hub, and keeps what is of its account and Region there', async () => {
    expect(await publish(spoke)).toBe(true);
    for (const key of keysOf(ONE)) {
      expect(await keep(spoke, 's3:PutObject', key)).toBe(true);
      expect(await keep(spoke, 's3:GetObject', key)).toBe(true);
    }
    expect(await list(spoke, `runs/${ONE}/eu-west-1/run/`)).toBe(true);
  });

  it('has no rights over another Region of its account, which the bucket would grant', async () => {
    const key = `ledger/${ONE}/us-east-1/ledger.json`;
    expect(await keep(member, 's3:GetObject', key)).toBe(true);
    expect(await keep(spoke, 's3:GetObject', key)).toBe(false);
  });

  it('reads no ledger of before there were accounts in keys', async () => {
    expect(await keep(spoke, 's3:GetObject', 'ledger/eu-west-1.json')).toBe(false);
  });
});

describe('the bucket of the code', () => {
  const stack = new Stack(new App(), 'Test', { env: { account: HUB, region: 'eu-west-1' } });
  new HandlerCodeBucket(stack, 'Code', { organizationId: ORGANIZATION, prefix: 'code' });
  const code = Template.fromStack(stack);
  const [id = ''] = Object.keys(code.findResources('AWS::S3::Bucket'));
  const arn = `arn:aws:s3:::code-${HUB}-eu-west-1`;
  const policy = policyIn(code, 'AWS::S3::BucketPolicy', { ...place, [`${id}.Arn`]: arn });
  const wish = { resource: `${arn}/handler.zip`, owner: HUB, policy };

  it('is read by the organization, and written by nobody of it', async () => {
    expect(await mayDo(member, { ...wish, action: 's3:GetObject' })).toBe(true);
    expect(await mayDo(member, { ...wish, action: 's3:PutObject' })).toBe(false);
  });

  it.each(outsiders)('is closed to an account %s', async (_, outsider) => {
    expect(await mayDo(outsider, { ...wish, action: 's3:GetObject' })).toBe(false);
  });

  it('takes files from the role by which the cdk publishes them, and from no other of the account', async () => {
    const nothing = { Version: '2012-10-17', Statement: [] };
    const role = (name: string): Caller => ({
      ...member,
      ...{ account: HUB, role: name, policy: nothing },
    });
    const publisher = role(`cdk-hnb659fds-file-publishing-role-${HUB}-eu-west-1`);
    expect(await mayDo(publisher, { ...wish, action: 's3:PutObject' })).toBe(true);
    expect(await mayDo(role('deployer'), { ...wish, action: 's3:PutObject' })).toBe(false);
  });
});
