import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { fileFromContext, propsFromContext } from '../../bin/context-props.js';
import { logDays } from '../../lib/core/configuration/existing.js';
import { parseConfiguration } from '../../lib/configuration-file.js';
import { synthAuditor } from '../support/synth-auditor.js';

function props(context: Record<string, unknown>) {
  return propsFromContext((key) => context[key]);
}

const email = 'a@example.com';

describe('the context', () => {
  it('leaves everything but the address to the defaults', () => {
    expect(props({ email })).toEqual({
      email: [email],
      clusters: {},
      thresholds: {},
    });
  });

  it('holds several addresses and globs, separated by commas', () => {
    expect(
      props({ email: 'a@example.com, b@example.com', include: 'prod-*,payments', exclude: 'x' }),
    ).toMatchObject({
      email: ['a@example.com', 'b@example.com'],
      clusters: { include: ['prod-*', 'payments'], exclude: ['x'] },
    });
  });

  it('holds thresholds, as text or as numbers of cdk.json', () => {
    expect(
      props({ email, warningUsage: '0.7', criticalUsage: 0.9, targetUsage: '.4' }).thresholds,
    ).toEqual({ warningUsage: 0.7, criticalUsage: 0.9, targetUsage: 0.4 });
  });

  it.each([
    ['false', false],
    [false, false],
    ['true', true],
  ])('turns a flag %j into %j, and leaves the others alone', (given, wanted) => {
    for (const flag of ['durable', 'events', 'securityHub', 'metrics']) {
      const expected = { email: [email], clusters: {}, thresholds: {}, [flag]: wanted };
      expect(props({ email, [flag]: given })).toEqual(expected);
    }
  });

  it('holds the times of reminders and of history', () => {
    const found = props({ email, remindAfter: '8h', historyRetention: '30d' });
    expect(found.remindAfter).toEqual(Duration.hours(8));
    expect(found.historyRetention).toEqual(Duration.days(30));
  });

  it('holds what is there already, and how things are called', () => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:findings';
    const context = {
      email,
      topic: arn,
      alarmTopic: `${arn}-alarms`,
      bucket: 'our-conntrack-runs',
      documentName: 'team-b-probe',
      nodeTagKeys: 'aws:eks:cluster-name, team/eks-node',
      logRetention: '7d',
      stackName: 'conntrack-team-b',
    };
    expect(props(context)).toMatchObject({
      topicArn: arn,
      alarmTopicArn: `${arn}-alarms`,
      bucketName: 'our-conntrack-runs',
      documentName: 'team-b-probe',
      nodeTagKeys: ['aws:eks:cluster-name', 'team/eks-node'],
      logRetention: RetentionDays.ONE_WEEK,
      stackName: 'conntrack-team-b',
    });
  });

  it('knows the same times for a log as the CDK', () => {
    const known = Object.values(RetentionDays).filter((days) => typeof days === 'number');
    expect(known.map(Number).filter((days) => days < 9_000)).toEqual([...logDays]);
  });

  it('holds silences, as JSON or as a list of cdk.json', () => {
    const silences = [{ rule: 'hot-node', until: '2026-12-01', reason: 'known' }];
    expect(props({ email, silences }).silences).toEqual(silences);
    expect(props({ email, silences: JSON.stringify(silences) }).silences).toEqual(silences);
  });

  it.each([
    ['30m', Duration.minutes(30)],
    ['6h', Duration.hours(6)],
    ['2d', Duration.days(2)],
  ])('holds the schedule %s as a time', (schedule, wanted) => {
    expect(props({ email, schedule }).schedule).toEqual(wanted);
  });

  it.each(['rate(6 hours)', 'cron(0 6 ? * MON-FRI *)'])('holds the schedule %s', (schedule) => {
    const { schedule: found, longestGap } = props({ email, schedule, longestGap: '3d' });
    expect(found).toBeInstanceOf(ScheduleExpression);
    expect((found as ScheduleExpression).expressionString).toBe(schedule);
    expect(longestGap).toEqual(Duration.days(3));
  });

  it('fails when nobody receives the findings, with the command that says who', () => {
    expect(() => props({})).toThrow('npx cdk deploy -c email=team@example.com');
  });

  it.each([
    [{ email: '' }, "'email' should not be empty"],
    [{ email: 'a@example.com,' }, "'email' should not hold an empty item, got 'a@example.com,'"],
    [{ email, include: 'a,,b' }, "'include' should not hold an empty item"],
    [{ email, include: ['a'] }, `'include' should be text, got ["a"]`],
    [{ email, schedule: '6' }, "'schedule' should be a time such as 30m, 6h or 2d, or a rate(...)"],
    [{ email, schedule: '6 hours' }, "got '6 hours'"],
    [{ email, longestGap: 'cron(0 6 * * ? *)' }, "'longestGap' should be a time"],
    [{ email, warningUsage: '70%' }, "'warningUsage' should be a number such as 0.7, got '70%'"],
    [{ email, criticalUsage: 'x' }, "'criticalUsage' should be a number"],
    [{ email, durable: 'no' }, "'durable' should be true or false, got 'no'"],
    [{ email, securityHub: 'on' }, "'securityHub' should be true or false, got 'on'"],
    [{ email, remindAfter: '24' }, "'remindAfter' should be a time such as 30m, 6h or 2d"],
    [{ email, silences: 'hot-node' }, "'silences' should be a JSON list such as [{"],
    [{ email, silences: '' }, "got ''"],
    [{ email, flapWindow: '0h' }, "'flapWindow' should be a time such as 30m, 6h or 2d, got '0h'"],
    [{ email, tableMemoryShare: '5%' }, "'tableMemoryShare' should be a number"],
    [{ email, topic: 'findings' }, "'topic' should be the ARN of a standard SNS topic such as"],
    [{ email, topic: 'arn:aws:sns:eu-west-1:111122223333:a.fifo' }, "a.fifo'"],
    [{ email, alarmTopic: 'arn:aws:sqs:eu-west-1:111122223333:q' }, "'alarmTopic' should be the"],
    [{ email, bucket: 's3://runs' }, "'bucket' should be the name of a bucket such as"],
    [{ email, bucket: 'a' }, "got 'a'"],
    [{ email, documentName: 'AWS-probe' }, "'documentName' should be 3 to 128 letters"],
    [{ email, stackName: '1st' }, "'stackName' should be 1 to 128 letters, digits and dashes"],
    [{ email, stackName: 'a_b' }, "got 'a_b'"],
    [{ email, logRetention: '2d' }, "'logRetention' should be a time that CloudWatch can keep"],
    [{ email, logRetention: '90' }, '90d, 120d, 150d, 180d, 365d, 400d, 545d, 731d'],
    [{ email, nodeTagKeys: 'a,' }, "'nodeTagKeys' should not hold an empty item"],
  ])('fails when it is %j', (context, message) => {
    expect(() => props(context)).toThrow(message);
  });
});

describe('the configuration file', () => {
  const text = `
email: a@example.com
schedule: cron(0 6 ? * MON-FRI *)
longestGap: 3d
clusters:
  include: [prod-*]
  exclude: ['*-sandbox']
thresholds:
  warningUsage: 0.6
  tableMemoryShare: 0.1
remindAfter: 12h
flapWindow: 2d
kernelLogWindow: 60m
silences:
  - { rule: hot-node, until: 2026-12-01, reason: known }
events: false
securityHub: true
metrics: false
durable: false
historyRetention: 90d
topic: arn:aws:sns:eu-west-1:111122223333:findings
alarmTopic: arn:aws:sns:eu-west-1:111122223333:alarms
bucket: our-runs
documentName: team-b-probe
logRetention: 30d
`;
  const file = parseConfiguration(text, 'conntrack-auditor.yaml');
  const withFile = (context: Record<string, unknown>) =>
    propsFromContext((key) => context[key], file);

  it('gives every prop that the context may give', () => {
    const { schedule, ...rest } = withFile({});
    expect((schedule as ScheduleExpression).expressionString).toBe('cron(0 6 ? * MON-FRI *)');
    expect(rest).toEqual({
      email: ['a@example.com'],
      longestGap: Duration.days(3),
      clusters: { include: ['prod-*'], exclude: ['*-sandbox'] },
      thresholds: { warningUsage: 0.6, tableMemoryShare: 0.1 },
      remindAfter: Duration.hours(12),
      flapWindow: Duration.days(2),
      kernelLogWindow: Duration.minutes(60),
      silences: [{ rule: 'hot-node', until: '2026-12-01T00:00:00.000Z', reason: 'known' }],
      ...{ events: false, securityHub: true, metrics: false, durable: false },
      historyRetention: Duration.days(90),
      topicArn: 'arn:aws:sns:eu-west-1:111122223333:findings',
      alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
      bucketName: 'our-runs',
      documentName: 'team-b-probe',
      logRetention: RetentionDays.ONE_MONTH,
    });
    synthAuditor(withFile({}));
  });

  it('gives way to the context, key by key', () => {
    const chosen = {
      email: 'b@example.com',
      include: 'payments',
      warningUsage: '0.7',
      flapWindow: '3d',
      silences: '[]',
      events: 'true',
      historyRetention: '30d',
      bucket: 'other-runs',
      logRetention: '1d',
    };
    expect(withFile(chosen)).toMatchObject({
      email: ['b@example.com'],
      clusters: { include: ['payments'], exclude: ['*-sandbox'] },
      thresholds: { warningUsage: 0.7, tableMemoryShare: 0.1 },
      remindAfter: Duration.hours(12),
      flapWindow: Duration.days(3),
      silences: [],
      events: true,
      metrics: false,
      historyRetention: Duration.days(30),
      bucketName: 'other-runs',
      documentName: 'team-b-probe',
      logRetention: RetentionDays.ONE_DAY,
    });
  });

  it('takes its gap away where its schedule is replaced', () => {
    expect(withFile({ schedule: '6h' })).not.toHaveProperty('longestGap');
    expect(withFile({ longestGap: '4d' }).longestGap).toEqual(Duration.days(4));
  });

  it('is named by the context, or is the usual one', () => {
    expect(fileFromContext((key) => (key === 'config' ? 'prod.yaml' : undefined))).toBe(
      'prod.yaml',
    );
    expect(fileFromContext(() => undefined)).toBeUndefined();
  });

  it('has to say who receives the findings where the context does not', () => {
    expect(() => propsFromContext(() => undefined, { email: [] })).toThrow(
      'say who receives the findings',
    );
  });
});
