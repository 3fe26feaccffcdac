import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
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

/**
 * Starts audits. Scheduler delivers at least once, and each attempt has its own execution id: two
 * deliveries of one tick share only the scheduled time.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export class AuditSchedule extends Construct {
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, props: AuditScheduleProps) {
    super(scope, id);
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Audits the connection tracking of EKS nodes',
      schedule: props.cadence.expression,
      timeWindow: TimeWindow.flexible(props.cadence.flexibleWindow),
      target: new LambdaInvoke(props.target, {
        // The time of the tick, and not the id of the attempt: two attempts of a tick are one run.
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        retryAttempts: RETRY_ATTEMPTS,
        maxEventAge: MAX_EVENT_AGE,
        deadLetterQueue: props.deadLetterQueue,
      }),
    });
  }
}
