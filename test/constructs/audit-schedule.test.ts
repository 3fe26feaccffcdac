import { Duration } from 'aws-cdk-lib';
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
