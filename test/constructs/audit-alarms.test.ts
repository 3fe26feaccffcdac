import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { synthAuditor } from '../support/synth-auditor.js';

interface Alarm {
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
  readonly MetricName: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
}

function alarms(template: ReturnType<typeof synthAuditor>['template']): Alarm[] {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as Alarm,
  );
}

const { template } = synthAuditor();
const metrics = ['Errors', 'DurableExecutionFailed', 'DurableExecutionTimedOut'];

describe('the alarms', () => {
  it.each(metrics)('ring at the first of %s, and not while there is none', (MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Namespace: 'AWS/Lambda',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('watch no durable executions where there are none', () => {
    const inline = alarms(synthAuditor({ durable: false }).template);
    expect(inline.map(({ MetricName }) => MetricName).sort()).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'Errors',
      'FailedChannels',
      'Invocations',
      'NumberOfNotificationsFailed',
    ]);
  });

  it('ring at the first dead letter', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('ring when no audit began for longer than the schedule allows', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocations',
      Statistic: 'Sum',
      Threshold: 1,
      Period: 3600,
      // Six hours, 25 minutes for a late start rounded up, and one for daylight saving time.
      EvaluationPeriods: 8,
      DatapointsToAlarm: Match.absent(),
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    [{ schedule: Duration.minutes(5) }, 2],
    [{ schedule: Duration.days(6) }, 146],
    [{ schedule: ScheduleExpression.expression('cron(0 6 * * ? *)') }, 26],
    [
      {
        schedule: ScheduleExpression.expression('cron(0 6 ? * MON-FRI *)'),
        longestGap: Duration.days(3),
      },
      74,
    ],
  ])('wait for the schedule %#, within what CloudWatch can look back', (props, hours) => {
    const missing = alarms(synthAuditor(props).template).find(
      ({ MetricName }) => MetricName === 'Invocations',
    );
    expect(missing).toMatchObject({ Period: 3600, EvaluationPeriods: hours });
    expect(hours * 3600).toBeLessThanOrEqual(604_800);
  });

  it('all go to the topic of findings, and so does their end', () => {
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    for (const { AlarmActions, OKActions } of alarms(template)) {
      expect(AlarmActions).toEqual([{ Ref: topic }]);
      expect(OKActions).toEqual([{ Ref: topic }]);
    }
  });

  it('all go to another topic when told so', () => {
    const arn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    const { template: other } = synthAuditor((stack) => ({
      alarmTopic: Topic.fromTopicArn(stack, 'OnCall', arn),
    }));
    for (const { AlarmActions, OKActions } of alarms(other)) {
      expect([AlarmActions, OKActions]).toEqual([[arn], [arn]]);
    }
  });
});
