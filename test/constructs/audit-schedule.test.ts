import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { roleStatements, synthAuditor } from '../support/synth-auditor.js';

describe('the schedule', () => {
  const { template } = synthAuditor();

  it('audits every six hours, up to 15 minutes late', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(6 hours)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      State: 'ENABLED',
    });
  });

  it('audits for the first time when the rest is there, as Scheduler begins with a rate at once', () => {
    const [one, ...more] = Object.values(template.findResources('AWS::Scheduler::Schedule'));
    expect(more).toEqual([]);
    expect(one?.['Properties']).not.toHaveProperty('StartDate');
    for (const type of [
      'AWS::CloudWatch::Alarm',
      'AWS::IAM::Policy',
      'AWS::Lambda::Alias',
      'AWS::Logs::LogGroup',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SSM::Document',
    ]) {
      const ids = Object.keys(template.findResources(type));
      const own = ids.filter((id) => !/Schedule/.test(id));
      expect(own.length, type).toBeGreaterThan(0);
      expect(one?.['DependsOn'], type).toEqual(expect.arrayContaining(own));
    }
  });

  it('subscribes people before the first audit', () => {
    const { template: mailed } = synthAuditor({ email: ['a@example.com'] });
    const [one] = Object.values(mailed.findResources('AWS::Scheduler::Schedule'));
    const [subscription = 'none'] = Object.keys(mailed.findResources('AWS::SNS::Subscription'));
    expect(one?.['DependsOn']).toContain(subscription);
  });

  it('audits for the first time beside an expression that may be days away', () => {
    const cron = ScheduleExpression.expression('cron(0 6 ? * MON *)');
    const { template: weekly } = synthAuditor({ schedule: cron, longestGap: Duration.days(6) });
    const schedules = Object.values(weekly.findResources('AWS::Scheduler::Schedule')).map(
      ({ Properties }) => Properties as { ScheduleExpression: string; Target: unknown },
    );
    expect(schedules.map((one) => one.ScheduleExpression).sort()).toEqual([
      'cron(0 6 ? * MON *)',
      'rate(365 days)',
    ]);
    expect(schedules[0]?.Target).toEqual(schedules[1]?.Target);
  });

  it('audits as often as it is told', () => {
    synthAuditor({ schedule: Duration.minutes(30) }).template.hasResourceProperties(
      'AWS::Scheduler::Schedule',
      {
        ScheduleExpression: 'rate(30 minutes)',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 7 },
      },
    );
  });

  it('names each run by its tick, whichever attempt it is', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: {
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
      },
    });
  });

  it('tries three times within ten minutes, and then keeps the event', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: {
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] },
        },
      },
    });
  });

  it.each([true, false])(
    'invokes an alias, whether the function is durable or not: %s',
    (durable) => {
      const { template: chosen } = synthAuditor({ durable });
      const [alias = 'none'] = Object.keys(chosen.findResources('AWS::Lambda::Alias'));
      chosen.hasResourceProperties('AWS::Scheduler::Schedule', { Target: { Arn: { Ref: alias } } });
      const invoking = roleStatements(chosen, /SchedulerRole/).find(({ actions }) =>
        actions.includes('lambda:InvokeFunction'),
      );
      expect(invoking?.resources).toEqual([`<${alias}>`]);
    },
  );

  it('keeps dead letters for two weeks, encrypted in rest and in transit', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      SqsManagedSseEnabled: true,
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ].map((statement) => Match.objectLike(statement)),
      },
    });
  });
});
