import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FAILED_CHANNELS, METRIC_NAMESPACE } from '../core/history/published-names.js';
import { MAX_EVENT_AGE } from './audit-schedule.js';
import type { Cadence } from './cadence.js';

/** Properties for `AuditAlarms`. */
export interface AuditAlarmsProps {
  readonly auditFunction: IFunction;
  readonly durable: boolean;
  readonly cadence: Cadence;
  readonly deadLetterQueue: IQueue;
  /** Receives the alarms. */
  readonly topic: ITopic;
  /** The topic of findings, if its metrics are in this account and Region. */
  readonly findings: ITopic | undefined;
}

const HOUR = Duration.hours(1);
const FIVE_MINUTES = Duration.minutes(5);

/** Tells people that the auditor itself is ill: an auditor that says nothing looks like a healthy fleet. */
export class AuditAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AuditAlarmsProps) {
    super(scope, id);
    this.alarms = [
      this.onAny(
        'FailedAudits',
        props.auditFunction.metricErrors({ period: FIVE_MINUTES }),
        'An audit of EKS connection tracking failed. The log of the function says why.',
      ),
      this.onMissing(props),
      this.onAny(
        'DeadLetters',
        props.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
          period: FIVE_MINUTES,
          statistic: Stats.MAXIMUM,
        }),
        'An audit of EKS connection tracking was given up. Its event is in the dead-letter queue.',
      ),
      ...(props.durable ? this.onDurableFailures(props.auditFunction) : []),
      ...(props.findings ? [this.onUndelivered(props.findings)] : []),
      this.onFailedChannels(props.auditFunction),
    ];
    const action = new SnsAction(props.topic);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  /**
   * An audit that throws fails its durable execution, while its invocation succeeds: the metric
   * `Errors` stays at zero.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
   */
  private onDurableFailures(auditFunction: IFunction): Alarm[] {
    const sum = { period: FIVE_MINUTES, statistic: Stats.SUM };
    return [
      this.onAny(
        'FailedExecutions',
        auditFunction.metric('DurableExecutionFailed', sum),
        'An audit of EKS connection tracking failed. Its durable execution says at which step.',
      ),
      this.onAny(
        'TimedOutExecutions',
        auditFunction.metric('DurableExecutionTimedOut', sum),
        'An audit of EKS connection tracking did not end in time.',
      ),
    ];
  }

  /** SNS took a message, and whoever should get it did not take it. */
  private onUndelivered(findings: ITopic): Alarm {
    return this.onAny(
      'UndeliveredMessages',
      findings.metricNumberOfNotificationsFailed({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      'A message about EKS connection tracking did not reach a subscriber of its topic.',
    );
  }

  /** SNS, EventBridge, Security Hub or the history refused: the audit went on, and may not be able to say so. */
  private onFailedChannels({ functionName }: IFunction): Alarm {
    return this.onAny(
      'FailedChannels',
      new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: FAILED_CHANNELS.metric,
        dimensionsMap: { [FAILED_CHANNELS.dimension]: functionName },
        period: FIVE_MINUTES,
        statistic: Stats.SUM,
      }),
      'A channel did not take what an audit of EKS connection tracking told. The log of the function says which.',
    );
  }

  private onAny(id: string, metric: IMetric, alarmDescription: string): Alarm {
    return new Alarm(this, id, {
      metric,
      alarmDescription,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Also rings between the deployment and the first audit. */
  private onMissing({ auditFunction, cadence }: AuditAlarmsProps): Alarm {
    const hours = hoursWithoutAudit(cadence);
    return new Alarm(this, 'MissingAudits', {
      metric: auditFunction.metricInvocations({ period: HOUR }),
      alarmDescription: `No audit of EKS connection tracking began within ${hours} hours.`,
      threshold: 1,
      evaluationPeriods: hours,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}

/**
 * Hours without an audit until one is missing: the longest gap, plus the latest start, plus an hour
 * for a change of daylight saving time.
 *
 * At most 146. CloudWatch looks back 168 hours, in periods of an hour or longer.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function hoursWithoutAudit({ longestGap, flexibleWindow }: Cadence): number {
  return (
    Math.ceil(longestGap.plus(flexibleWindow).plus(MAX_EVENT_AGE).toHours({ integral: false })) + 1
  );
}
