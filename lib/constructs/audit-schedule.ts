import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Cadence } from './cadence.js';

/** Properties for `AuditSchedule`. */
export interface AuditScheduleProps {
  readonly cadence: Cadence;
  /** A version or alias: a durable function refuses to be invoked without a qualifier. */
  readonly target: IFunction;
  readonly deadLetterQueue: IQueue;
}

/** How long Scheduler keeps trying to start an audit; after that, the next one is near enough. */
export const MAX_EVENT_AGE = Duration.minutes(10);

const RETRY_ATTEMPTS = 2;

/** Once in the life of most stacks. The audits after the first one are no matter: they are ticks like others. */
const FIRST_AUDIT = ScheduleExpression.rate(Duration.days(365));

/**
 * Starts audits, the first as soon as the schedule is there: Scheduler begins with a rate at once. A `cron`
 * expression may be days away from its first tick, so beside it stands a rate of a year.
 *
 * Scheduler delivers at least once, and each attempt has its own execution id: two deliveries of one tick
 * share only the scheduled time.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export class AuditSchedule extends Construct {
  readonly schedule: Schedule;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuditScheduleProps,
  ) {
    super(scope, id);
    const { expression } = props.cadence;
    this.schedule = this.startAudits('Schedule', expression, 'Audits');
    if (expression.expressionString.startsWith('cron')) {
      this.startAudits('First', FIRST_AUDIT, 'Audits for the first time');
    }
  }

  private startAudits(id: string, schedule: ScheduleExpression, what: string): Schedule {
    const { cadence, target, deadLetterQueue } = this.props;
    return new Schedule(this, id, {
      description: `${what} the connection tracking of EKS nodes`,
      schedule,
      timeWindow: TimeWindow.flexible(cadence.flexibleWindow),
      target: new LambdaInvoke(target, {
        // The time of the tick, and not the id of the attempt: two attempts of a tick are one run.
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: RETRY_ATTEMPTS,
        maxEventAge: MAX_EVENT_AGE,
        deadLetterQueue,
      }),
    });
  }
}
