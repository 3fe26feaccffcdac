import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { CONFIGURATION_FILE } from '../lib/configuration-file.js';
import { ConfigurationError } from '../lib/constructs/configuration-error.js';
import type { HubAddress } from '../lib/constructs/hub-address.js';
import type { ConntrackAuditorStackProps } from '../lib/conntrack-auditor-stack.js';
import {
  bucketName,
  documentName,
  logRetention,
  stackName,
  topicArn,
} from '../lib/core/configuration/existing.js';
import type { Configuration } from '../lib/core/configuration/configuration.js';
import { isSpan, SPAN_WORDS, type Span } from '../lib/core/text/span.js';
import type { Thresholds } from '../lib/constructs/thresholds.js';
import { present } from '../lib/core/text/present.js';
import type { Mute } from '../lib/core/mutes/mute.js';
import { checked, flag, list, number, type ReadContext, text } from './read-context.js';

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
  const hub = hubFrom(read);
  return present({
    hub,
    email: hub === undefined ? emailsFrom(read, file) : list(read, 'email'),
    historyRetention: duration(read, 'historyRetention') ?? durationOf(file.historyRetention),
    ...auditorFrom(read, file),
    ...existingFrom(read, file),
  });
}

/** What is the same for an auditor that stands alone and for the members of a hub. */
export function auditorFrom(read: ReadContext, file: Configuration) {
  const logs = checked(read, 'logRetention', logRetention) ?? file.logRetention;
  return present({
    ...scheduleFrom(read, file),
    clusters: clustersFrom(read, file.clusters),
    thresholds: thresholdsFrom(read, file.thresholds),
    silences: mutes(read, 'silences') ?? file.silences,
    ...timesFrom(read, file),
    ...flagsFrom(read, file),
    documentName: checked(read, 'documentName', documentName) ?? file.documentName,
    nodeTagKeys: list(read, 'nodeTagKeys') ?? file.nodeTagKeys,
    logRetention: Object.values(RetentionDays)
      .filter(isDays)
      .find((days) => `${days}d` === logs),
  });
}

/** Who receives the findings: somebody has to. */
export function emailsFrom(read: ReadContext, file: Configuration): string[] {
  const email = list(read, 'email') ?? file.email ?? [];
  if (email.length > 0) return email;
  throw new ConfigurationError(
    `say who receives the findings: ${EXAMPLE} (several addresses: separate them by commas), or email: in ${CONFIGURATION_FILE}`,
  );
}

/** The hub that this auditor belongs to. */
function hubFrom(read: ReadContext): HubAddress | undefined {
  const topic = checked(read, 'hubTopic', topicArn);
  const bucket = checked(read, 'hubBucket', bucketName);
  const keyArn = text(read, 'hubKey');
  if (topic === undefined && bucket === undefined && keyArn === undefined) return undefined;
  if (topic !== undefined && bucket !== undefined) {
    return present({ topicArn: topic, bucketName: bucket, keyArn });
  }
  throw new ConfigurationError(
    `'hubTopic' and 'hubBucket' should be given together: both are outputs of the stack of the hub`,
  );
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
  return {
    topicArn: checked(read, 'topic', topicArn) ?? file.topic,
    alarmTopicArn: checked(read, 'alarmTopic', topicArn) ?? file.alarmTopic,
    bucketName: checked(read, 'bucket', bucketName) ?? file.bucket,
    stackName: checked(read, 'stackName', stackName),
  };
}

/** The numbers of this enumeration are days; it holds its names as well. */
function isDays(value: string | RetentionDays): value is RetentionDays {
  return typeof value === 'number';
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

export function duration(read: ReadContext, key: string): Duration | undefined {
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

export function durationOf(span: Span | undefined): Duration | undefined {
  return span === undefined ? undefined : durationFrom(span);
}
