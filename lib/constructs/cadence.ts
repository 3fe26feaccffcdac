import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ConfigurationError } from './configuration-error.js';

/** How often audits run, and how long a pause is normal. */
export interface Cadence {
  readonly expression: ScheduleExpression;
  /** The longest time that two scheduled audits lie apart. */
  readonly longestGap: Duration;
  /** How far Scheduler may move an audit, so that not all accounts ask at the same second. */
  readonly flexibleWindow: Duration;
}

const DEFAULT_INTERVAL = Duration.hours(6);

/** An audit of a large fleet takes minutes; a shorter interval would overlap with itself. */
const SHORTEST_INTERVAL = Duration.minutes(5);

/** CloudWatch alarms look back 7 days at most; the difference is room for a late start. */
const LONGEST_GAP = Duration.days(6);

const LONGEST_WINDOW_MINUTES = 15;

/**
 * Reads a schedule and works out when a missing audit is worth an alarm.
 *
 * A daily `cron` expression tells its longest gap; for others the caller has to give it.
 */
export function cadenceFrom(
  schedule: Duration | ScheduleExpression = DEFAULT_INTERVAL,
  longestGap?: Duration,
): Cadence {
  if (schedule instanceof Duration) return ofInterval(schedule, longestGap);
  const { expressionString: text } = schedule;
  const [, kind, inner = ''] = /^(rate|cron)\((.+)\)$/.exec(text) ?? [];
  if (kind === 'rate') return ofInterval(rateInterval(inner, text), longestGap);
  if (kind === 'cron') return ofCron(schedule, inner, longestGap);
  throw new ConfigurationError(
    `'schedule' should be an interval, a rate(...) or a cron(...) expression, got '${text}'`,
  );
}

function ofInterval(interval: Duration, longestGap: Duration | undefined): Cadence {
  const given = interval.toHumanString();
  if (longestGap) {
    throw new ConfigurationError(
      `'longestGap' is for cron expressions, the schedule here is every ${given}`,
    );
  }
  const seconds = interval.toSeconds();
  if (
    seconds < SHORTEST_INTERVAL.toSeconds() ||
    seconds > LONGEST_GAP.toSeconds() ||
    seconds % 60 !== 0
  ) {
    throw new ConfigurationError(
      `'schedule' should be whole minutes from 5 minutes to 6 days, got ${given}`,
    );
  }
  return {
    expression: ScheduleExpression.rate(interval),
    longestGap: interval,
    flexibleWindow: windowFor(interval.toMinutes()),
  };
}

function rateInterval(inner: string, text: string): Duration {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
  if (unit === 'minute') return Duration.minutes(Number(count));
  if (unit === 'hour') return Duration.hours(Number(count));
  if (unit === 'day') return Duration.days(Number(count));
  throw new ConfigurationError(
    `'schedule' should count minutes, hours or days, as in rate(6 hours), got '${text}'`,
  );
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
function ofCron(
  expression: ScheduleExpression,
  inner: string,
  longestGap: Duration | undefined,
): Cadence {
  const fields = inner.split(/\s+/);
  const [minutes = '', , ...days] = fields;
  if (fields.length !== 6) {
    throw new ConfigurationError(
      `'schedule' should have six fields, as in cron(0 6 * * ? *), got '${expression.expressionString}'`,
    );
  }
  const apart = minutesApart(minutes);
  if (apart < SHORTEST_INTERVAL.toMinutes()) {
    throw new ConfigurationError(
      `'schedule' should leave 5 minutes between two audits, got '${expression.expressionString}'`,
    );
  }
  const gap = longestGap ?? (days.every((field) => /^[*?]$/.test(field)) ? Duration.days(1) : null);
  if (!gap) {
    throw new ConfigurationError(
      `'longestGap' is needed because '${expression.expressionString}' does not run every day: ` +
        'the longest time between two audits, at most 6 days',
    );
  }
  const seconds = gap.toSeconds();
  if (seconds < SHORTEST_INTERVAL.toSeconds() || seconds > LONGEST_GAP.toSeconds()) {
    throw new ConfigurationError(
      `'longestGap' should be from 5 minutes to 6 days, got ${gap.toHumanString()}`,
    );
  }
  return { expression, longestGap: gap, flexibleWindow: windowFor(apart) };
}

/** The shortest distance, around the hour, between two minutes of a cron minute field. */
function minutesApart(field: string): number {
  const minutes = [...new Set(field.split(',').flatMap((part) => minutesOf(part, field)))];
  minutes.sort((a, b) => a - b);
  return Math.min(
    ...minutes.map((minute, i) => (minutes[i + 1] ?? (minutes[0] ?? 0) + 60) - minute),
  );
}

function minutesOf(part: string, field: string): number[] {
  const [, from, to, step] = /^(\*|\d{1,2})(?:-(\d{1,2}))?(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  const first = from === '*' ? 0 : Number(from);
  const open = from === '*' || step !== undefined;
  const last = to === undefined ? (open ? 59 : first) : Number(to);
  const every = Number(step ?? 1);
  if (!(first <= last && last <= 59 && every >= 1)) {
    throw new ConfigurationError(
      `'schedule' should name minutes from 0 to 59, as in 0, 0,30 or 0/15, got '${field}'`,
    );
  }
  return Array.from(
    { length: Math.floor((last - first) / every) + 1 },
    (_, i) => first + i * every,
  );
}

function windowFor(minutesApart: number): Duration {
  return Duration.minutes(Math.min(Math.floor(minutesApart / 4), LONGEST_WINDOW_MINUTES));
}
