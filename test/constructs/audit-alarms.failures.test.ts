import { readFileSync } from 'node:fs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { synthAuditor } from '../support/synth-auditor.js';

/** A metric of AWS that moves when something fails, and whose it is. */
interface Sign {
  readonly namespace: string;
  readonly metric: string;
  /** Type of the resource that its dimension names. */
  readonly of: string;
}

const lambda = (metric: string): Sign => ({
  namespace: 'AWS/Lambda',
  metric,
  of: 'AWS::Lambda::Function',
});
const letters: Sign = {
  namespace: 'AWS/SQS',
  metric: 'ApproximateNumberOfMessagesVisible',
  of: 'AWS::SQS::Queue',
};

interface Failure {
  readonly failure: string;
  readonly sign: Sign;
  readonly alarm: string;
  /** It fails like this only where the function is not durable. */
  readonly plain?: true;
}

/**
 * Each way in which the auditor itself can fail, as the table of docs/alarms.md has them: what AWS then
 * counts, and the alarm that rings.
 */
const failures: readonly Failure[] = [
  {
    failure: 'an audit throws, durable',
    sign: lambda('DurableExecutionFailed'),
    alarm: 'FailedExecutions',
  },
  {
    failure: 'an audit does not end within an hour, durable',
    sign: lambda('DurableExecutionTimedOut'),
    alarm: 'TimedOutExecutions',
  },
  {
    failure: 'an audit throws, or does not end within 15 minutes',
    sign: lambda('Errors'),
    alarm: 'FailedAudits',
    plain: true,
  },
  {
    failure: 'the function cannot be loaded, or has no memory left',
    sign: lambda('Errors'),
    alarm: 'FailedAudits',
  },
  { failure: 'an audit is given up after its retries', sign: letters, alarm: 'DeadLetters' },
  {
    failure: 'Lambda has no capacity for an audit, for hours',
    sign: letters,
    alarm: 'DeadLetters',
  },
  { failure: 'the schedule may not invoke the function', sign: letters, alarm: 'DeadLetters' },
  {
    failure: 'the schedule is turned off or deleted',
    sign: lambda('Invocations'),
    alarm: 'MissingAudits',
  },
  {
    failure: 'Scheduler or Lambda starts nothing',
    sign: lambda('Invocations'),
    alarm: 'MissingAudits',
  },
  {
    failure: 'a subscriber does not take a message',
    sign: { namespace: 'AWS/SNS', metric: 'NumberOfNotificationsFailed', of: 'AWS::SNS::Topic' },
    alarm: 'UndeliveredMessages',
  },
  {
    failure: 'a channel or the history takes nothing',
    sign: { namespace: 'ConntrackAuditor', metric: 'FailedChannels', of: 'AWS::Lambda::Function' },
    alarm: 'FailedChannels',
  },
];

interface Alarm {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Value: unknown }[];
}

function alarmsOf({ template }: ReturnType<typeof synthAuditor>) {
  const found = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  return found.map(([id, { Properties }]) => ({ id, ...(Properties as Alarm) }));
}

describe('each way to fail', () => {
  const durable = synthAuditor();
  const plain = synthAuditor({ durable: false });

  it.each(failures)('rings an alarm: $failure', ({ sign, alarm, plain: isPlain }) => {
    const { namespace, metric, of } = sign;
    const auditor = isPlain === true ? plain : durable;
    const rings = alarmsOf(auditor).filter(({ id }) => id.startsWith(`AuditorAlarms${alarm}`));
    expect(rings).toMatchObject([{ Namespace: namespace, MetricName: metric }]);
    const watched = JSON.stringify(rings[0]?.Dimensions);
    const ids = Object.keys(auditor.template.findResources(of));
    expect(ids.some((id) => watched.includes(`"${id}"`))).toBe(true);
  });

  it('is in the table, and each alarm is there for one', () => {
    const page = readFileSync(new URL('../../docs/alarms.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| (?!-|way)/.test(line));
    const cells = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    expect(cells.map(([, failure, metric, alarm]) => [failure, metric, alarm])).toEqual(
      failures.map(({ failure, sign: { metric }, alarm }) => [failure, metric, alarm]),
    );
    const known = new Set(failures.map(({ alarm }) => alarm));
    for (const { id } of alarmsOf(durable)) {
      expect(
        [...known].some((alarm) => id.startsWith(`AuditorAlarms${alarm}`)),
        id,
      ).toBe(true);
    }
  });

  it('watches no topic of somebody else, whose metrics may be elsewhere', () => {
    const arn = 'arn:aws:sns:us-east-1:111122223333:findings';
    const given = synthAuditor((stack) => ({ topic: Topic.fromTopicArn(stack, 'T', arn) }));
    expect(alarmsOf(given).map(({ Namespace }) => Namespace)).not.toContain('AWS/SNS');
  });
});
