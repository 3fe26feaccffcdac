import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CONFIGURATION_FILE } from '../lib/configuration-file.js';
import type * as v from 'valibot';
import { ConfigurationError, configured } from '../lib/constructs/configuration-error.js';
import type { ConntrackAuditorStackProps } from '../lib/conntrack-auditor-stack.js';
import {
  bucketName,
  documentName,
  logRetention,
  stackName,
  topicArn,
} from '../lib/core/configuration/existing.js';
import { parsed } from '../lib/core/text/parsed.js';
import type { Configuration } from '../lib/core/configuration/configuration.js';
import { isSpan, SPAN_WORDS, type Span } from '../lib/core/text/span.js';
import type { Thresholds } from '../lib/constructs/thresholds.js';
import { present } from '../lib/core/text/present.js';
import type { Mute } from '../lib/core/mutes/mute.js';

/** Reads one key of the CDK context; undefined if it was not given. */
export type ReadContext = (key: string) => unknown;

const EXAMPLE = 'npx cdk deploy -c email=team@example.com';

/** The configuration file that `-c config=<file>` names; undefined: the usual one. */
export function fileFromContext(read: ReadContext): string | undefined {
  return text(read, 'config');
}

/**
 * Turns `-c key=value` into props, over the configuration file. The construct judges the values that
 * only it can judge.
 */
export function propsFromContext(
  read: ReadContext,
  file: Configuration = {},
): ConntrackAuditorStackProps {
  const email = list(read, 'email') ?? file.email ?? [];
  if (email.length === 0) {
    throw new ConfigurationError(
      `say who receives the findings: ${EXAMPLE} (several addresses: separate them by commas), or email: in ${CONFIGURATION_FILE}`,
    );
  }
  return present({
    email,
    ...scheduleFrom(read, file),
    clusters: clustersFrom(read, file.clusters),
    thresholds: thresholdsFrom(read, file.thresholds),
    silences: mutes(read, 'silences') ?? file.silences,
    ...timesFrom(read, file),
    ...flagsFrom(read, file),
    ...existingFrom(read, file),
  });
}

function clustersFrom(read: ReadContext, file: Configuration['clusters']) {
  return present({
    include: list(read, 'include') ?? file?.include,
    exclude: list(read, 'exclude') ?? file?.exclude,
  });
}

const shares = ['warningUsage', 'criticalUsage', 'targetUsage', 'tableMemoryShare'] as const;

function thresholdsFrom(read: ReadContext, file: Configuration['thresholds']): Thresholds {
  const chosen = shares.map((key) => [key, number(read, key) ?? file?.[key]] as const);
  return present(Object.fromEntries(chosen));
}

/** A schedule given here also replaces the gap of the file. */
function scheduleFrom(read: ReadContext, file: Configuration) {
  const given = schedule(read, 'schedule');
  const gap = duration(read, 'longestGap');
  if (given !== undefined) return { schedule: given, longestGap: gap };
  const { schedule: text, longestGap } = file;
  return {
    schedule: text === undefined ? undefined : scheduleOf(text),
    longestGap: gap ?? durationOf(longestGap),
  };
}

function timesFrom(read: ReadContext, file: Configuration) {
  return {
    remindAfter: duration(read, 'remindAfter') ?? durationOf(file.remindAfter),
    flapWindow: duration(read, 'flapWindow') ?? durationOf(file.flapWindow),
    kernelLogWindow: duration(read, 'kernelLogWindow') ?? durationOf(file.kernelLogWindow),
    historyRetention: duration(read, 'historyRetention') ?? durationOf(file.historyRetention),
  };
}

function flagsFrom(read: ReadContext, { durable, events, securityHub, metrics }: Configuration) {
  return {
    durable: flag(read, 'durable') ?? durable,
    events: flag(read, 'events') ?? events,
    securityHub: flag(read, 'securityHub') ?? securityHub,
    metrics: flag(read, 'metrics') ?? metrics,
  };
}

/** What is there already, and how things are called. */
function existingFrom(read: ReadContext, file: Configuration) {
  const logs = checked(read, 'logRetention', logRetention) ?? file.logRetention;
  return {
    topicArn: checked(read, 'topic', topicArn) ?? file.topic,
    alarmTopicArn: checked(read, 'alarmTopic', topicArn) ?? file.alarmTopic,
    bucketName: checked(read, 'bucket', bucketName) ?? file.bucket,
    documentName: checked(read, 'documentName', documentName) ?? file.documentName,
    stackName: checked(read, 'stackName', stackName),
    nodeTagKeys: list(read, 'nodeTagKeys') ?? file.nodeTagKeys,
    logRetention: Object.values(RetentionDays)
      .filter(isDays)
      .find((days) => `${days}d` === logs),
  };
}

/** The numbers of this enumeration are days; it holds its names as well. */
function isDays(value: string | RetentionDays): value is RetentionDays {
  return typeof value === 'number';
}

/** A text that the schema of the configuration file takes. */
function checked<T>(
  read: ReadContext,
  key: string,
  schema: v.GenericSchema<unknown, T>,
): T | undefined {
  const value = text(read, key);
  return value === undefined ? undefined : configured(() => parsed(schema, value, { key }));
}

/** `-c` gives text; a value in cdk.json may be a number or a boolean as well. */
function text(read: ReadContext, key: string): string | undefined {
  const value = read(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new ConfigurationError(`'${key}' should be text, got ${JSON.stringify(value)}`);
  }
  const trimmed = String(value).trim();
  if (trimmed === '') throw new ConfigurationError(`'${key}' should not be empty, got '${value}'`);
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

/** A list in cdk.json, or JSON behind `-c`. The construct judges its content. */
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
  if (isSpan(value)) return durationOf(value);
  throw new ConfigurationError(`'${key}' should be ${SPAN_WORDS}, got '${value}'`);
}

function schedule(read: ReadContext, key: string): Duration | ScheduleExpression | undefined {
  const value = text(read, key);
  if (value === undefined) return undefined;
  if (isSpan(value) || /^(rate|cron)\(/.test(value)) return scheduleOf(value);
  throw new ConfigurationError(
    `'${key}' should be ${SPAN_WORDS}, or a rate(...) or cron(...) expression, got '${value}'`,
  );
}

function scheduleOf(value: string): Duration | ScheduleExpression {
  return isSpan(value) ? durationFrom(value) : ScheduleExpression.expression(value);
}

const units = {
  m: (count: number) => Duration.minutes(count),
  h: (count: number) => Duration.hours(count),
  d: (count: number) => Duration.days(count),
};

/** In its given unit, as the template shows it again. */
function durationFrom(span: Span): Duration {
  return units[span.slice(-1) as keyof typeof units](parseInt(span, 10));
}

function durationOf(span: Span | undefined): Duration | undefined {
  return span === undefined ? undefined : durationFrom(span);
}
