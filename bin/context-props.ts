import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ConfigurationError } from '../lib/constructs/configuration-error.js';
import type { ConntrackAuditorProps } from '../lib/constructs/conntrack-auditor.js';
import { present } from '../lib/core/text/present.js';
import type { Mute } from '../lib/core/mutes/mute.js';

/** Reads one key of the CDK context; undefined when it was not given. */
export type ReadContext = (key: string) => unknown;

const EXAMPLE = 'npx cdk deploy -c email=team@example.com';

/** Turns `-c key=value` into props. Values that only the construct can judge are judged there. */
export function propsFromContext(read: ReadContext): ConntrackAuditorProps {
  const email = list(read, 'email');
  if (!email) {
    throw new ConfigurationError(
      `say who receives the findings: ${EXAMPLE} (several addresses: separate them by commas)`,
    );
  }
  return present({
    email,
    schedule: schedule(read, 'schedule'),
    longestGap: duration(read, 'longestGap'),
    clusters: present({ include: list(read, 'include'), exclude: list(read, 'exclude') }),
    thresholds: present({
      warningUsage: number(read, 'warningUsage'),
      criticalUsage: number(read, 'criticalUsage'),
      targetUsage: number(read, 'targetUsage'),
    }),
    durable: flag(read, 'durable'),
    silences: mutes(read, 'silences'),
    remindAfter: duration(read, 'remindAfter'),
    historyRetention: duration(read, 'historyRetention'),
    events: flag(read, 'events'),
    securityHub: flag(read, 'securityHub'),
    metrics: flag(read, 'metrics'),
  });
}

/** `-c` gives text; a value in cdk.json may be a number or a boolean as well. */
function text(read: ReadContext, key: string): string | undefined {
  const value = read(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ConfigurationError(`'${key}' should be text, got ${JSON.stringify(value)}`);
  }
  const trimmed = String(value).trim();
  if (trimmed === '') throw new ConfigurationError(`'${key}' should not be empty`);
  return trimmed;
}

function list(read: ReadContext, key: string): string[] | undefined {
  const items = text(read, key)
    ?.split(',')
    .map((item) => item.trim());
  if (items?.includes('')) {
    throw new ConfigurationError(
      `'${key}' should not hold an empty item, got '${items.join(',')}'`,
    );
  }
  return items;
}

function number(read: ReadContext, key: string): number | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  if (!/^\d*\.?\d+$/.test(value)) {
    throw new ConfigurationError(`'${key}' should be a number such as 0.7, got '${value}'`);
  }
  return Number(value);
}

function flag(read: ReadContext, key: string): boolean | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') {
    throw new ConfigurationError(`'${key}' should be true or false, got '${value}'`);
  }
  return value === 'true';
}

/** A list in cdk.json, or JSON behind `-c`. What stands in it is judged by the construct. */
function mutes(read: ReadContext, key: string): Mute[] | undefined {
  const value = read(key);
  if (value === undefined || typeof value !== 'string') return value as Mute[] | undefined;
  try {
    return JSON.parse(value) as Mute[];
  } catch (error) {
    throw new ConfigurationError(
      `'${key}' should be a JSON list such as [{"rule":"table-pressure","until":"2026-12-01","reason":"resized on Friday"}], got '${value}'`,
      { cause: error },
    );
  }
}

function duration(read: ReadContext, key: string): Duration | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  const found = durationFrom(value);
  if (found) return found;
  throw new ConfigurationError(`'${key}' should be a time such as 30m, 6h or 2d, got '${value}'`);
}

function schedule(read: ReadContext, key: string): Duration | ScheduleExpression | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  const found = durationFrom(value);
  if (found) return found;
  if (/^(rate|cron)\(/.test(value)) return ScheduleExpression.expression(value);
  throw new ConfigurationError(
    `'${key}' should be a time such as 30m, 6h or 2d, or a rate(...) or cron(...) expression, got '${value}'`,
  );
}

function durationFrom(value: string): Duration | undefined {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(value) ?? [];
  if (unit === 'm') return Duration.minutes(Number(count));
  if (unit === 'h') return Duration.hours(Number(count));
  if (unit === 'd') return Duration.days(Number(count));
  return undefined;
}
