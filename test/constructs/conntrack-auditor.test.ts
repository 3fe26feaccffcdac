import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { clusterGlobsFrom } from '../../lib/constructs/cluster-globs.js';
import { checkEmails } from '../../lib/constructs/emails.js';
import { policyFrom } from '../../lib/constructs/thresholds.js';
import { synthAuditor } from '../support/synth-auditor.js';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:123456789012:findings';

describe('the auditor', () => {
  const { template } = synthAuditor({ email: ['a@example.com', 'b@example.com'] });

  it('keeps its bucket when the stack goes, and forgets runs, history, bundles and answers of Athena but no ledger', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        LifecycleConfiguration: {
          Rules: [
            Match.objectLike({ Prefix: 'runs/', ExpirationInDays: 90, Status: 'Enabled' }),
            Match.objectLike({ Prefix: 'history/', ExpirationInDays: 400, Status: 'Enabled' }),
            Match.objectLike({ Prefix: 'bundles/', ExpirationInDays: 2, Status: 'Enabled' }),
            Match.objectLike({ Prefix: 'athena/', ExpirationInDays: 7, Status: 'Enabled' }),
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  it('takes neither findings nor files over plain HTTP', () => {
    for (const type of ['AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy']) {
      template.hasResourceProperties(type, {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Deny',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ]),
        },
      });
    }
  });

  it('lets the alarms of its account, and no other service, publish to its topic', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny' }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ],
      },
    });
  });

  it('subscribes each address', () => {
    const endpoints = Object.values(template.findResources('AWS::SNS::Subscription')).map(
      ({ Properties }) => (Properties as { Endpoint: string }).Endpoint,
    );
    expect(endpoints.sort()).toEqual(['a@example.com', 'b@example.com']);
  });

  it('uses a topic and a bucket that exist, and makes none then', () => {
    const { template: given } = synthAuditor((stack) => ({
      email: ['a@example.com'],
      topic: Topic.fromTopicArn(stack, 'Findings', TOPIC_ARN),
      bucket: Bucket.fromBucketName(stack, 'Runs', 'our-runs'),
    }));
    given.resourceCountIs('AWS::SNS::Topic', 0);
    given.resourceCountIs('AWS::S3::Bucket', 0);
    given.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: TOPIC_ARN });
    given.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { TOPIC_ARN, BUCKET_NAME: 'our-runs' } },
    });
  });

  it('hands out what it made', () => {
    const { auditor, stack } = synthAuditor();
    const named = [
      auditor.topic.topicArn,
      auditor.bucket.bucketName,
      auditor.document.documentName,
      auditor.auditFunction.functionName,
      auditor.schedule.scheduleName,
      auditor.deadLetterQueue.queueName,
    ];
    for (const name of named) expect(JSON.stringify(stack.resolve(name))).toContain('Auditor');
  });
});

describe('the retention of history', () => {
  it.each([Duration.days(1), Duration.hours(48), Duration.days(3_650)])(
    'may be %s',
    (historyRetention) => {
      synthAuditor({ historyRetention }).template.hasResourceProperties('AWS::S3::Bucket', {
        LifecycleConfiguration: {
          Rules: Match.arrayWith([
            Match.objectLike({ Prefix: 'history/', ExpirationInDays: historyRetention.toDays() }),
          ]),
        },
      });
    },
  );

  it.each([
    [Duration.hours(36), 'got 1 day 12 hours'],
    [Duration.hours(23), 'got 23 hours'],
    [Duration.days(0), "'historyRetention' should be whole days, at least 1, got"],
  ])('fails when it is %s', (historyRetention, message) => {
    expect(() => synthAuditor({ historyRetention })).toThrow(message);
  });

  it('fails when the bucket exists already', () => {
    expect(() =>
      synthAuditor((stack) => ({
        bucket: Bucket.fromBucketName(stack, 'Runs', 'our-runs'),
        historyRetention: Duration.days(30),
      })),
    ).toThrow(
      "'historyRetention' should be absent beside a bucket of your own, which keeps its own rules",
    );
  });
});

describe('thresholds', () => {
  it('are handed on only where they differ from the default', () => {
    expect(policyFrom()).toEqual({});
    expect(policyFrom({ warningUsage: 0.75, criticalUsage: 1, targetUsage: 0.01 })).toEqual({
      criticalUsage: 1,
      targetUsage: 0.01,
    });
  });

  it.each([
    [{ warningUsage: 0 }, "'warningUsage' should be a share greater than 0 and at most 1, got 0"],
    [{ criticalUsage: 1.01 }, "'criticalUsage' should be"],
    [{ targetUsage: -0.5 }, "'targetUsage' should be"],
    [{ tableMemoryShare: 1.01 }, "'tableMemoryShare' should be"],
    [{ warningUsage: 80 }, 'got 80'],
    [{ warningUsage: NaN }, 'got NaN'],
    [{ warningUsage: 0.9, criticalUsage: 0.9 }, "'criticalUsage', which is 0.9, got 0.9"],
    [{ warningUsage: 0.96 }, 'which is 0.95, got 0.96'],
    [{ criticalUsage: 0.7 }, 'which is 0.7, got 0.75'],
  ])('fail when they are %j', (thresholds, message) => {
    expect(() => synthAuditor({ thresholds })).toThrow(message);
  });
});

describe('cluster globs', () => {
  it('are every cluster when none is given', () => {
    expect(clusterGlobsFrom()).toEqual({ include: [], exclude: [] });
  });

  it('may be names, wildcards, sets and braces', () => {
    const include = ['payments', 'prod-*', 'eu_[12]', '{a,b}-?', '!x'];
    expect(clusterGlobsFrom({ include })).toEqual({ include, exclude: [] });
  });

  it.each([
    [
      { include: [''] },
      "'clusters.include[0]' should be the name of a cluster or a glob such as prod-*, got ''",
    ],
    [{ include: ['a b'] }, "got 'a b'"],
    [{ exclude: ['prod/*'] }, "'clusters.exclude[0]'"],
  ])('fail when they are %j', (clusters, message) => {
    expect(() => synthAuditor({ clusters })).toThrow(message);
  });
});

describe('e-mail addresses', () => {
  it('may be none', () => {
    expect(checkEmails()).toEqual([]);
  });

  it.each([
    [['team'], "'email[0]' should be an address such as team@example.com, got 'team'"],
    [['team@example'], "got 'team@example'"],
    [['a@example.com,b@example.com'], 'got'],
    [['a@b@example.com'], 'got'],
    [[''], "got ''"],
    [['a@example.com', 'a@example.com'], 'should name each address once'],
  ])('fail when they are %j', (email, message) => {
    expect(() => synthAuditor({ email })).toThrow(message);
  });
});
