import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { regionOfTopic, SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import type { Severity } from '../../lib/core/finding.js';
import type { Report } from '../../lib/core/report.js';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:findings';
const sns = mockClient(SNSClient);

function aReport(...found: Severity[]): Report {
  return {
    runId: 'run-7',
    startedAt: '2026-11-22T10:00:00Z',
    region: 'eu-west-1',
    clusters: ['prod'],
    nodes: { discovered: 1, read: 1, silent: 0 },
    findings: found.map((severity) => ({
      rule: 'table-pressure',
      title: 'The table is nearly full',
      severity,
      cluster: 'prod',
      nodeGroup: 'blue',
      summary: 'nearly full',
      nodes: [],
      remedies: [],
    })),
    unjudged: [],
    silent: [],
  };
}

interface Texts {
  readonly subject: string;
  readonly mail: string;
  readonly json: string;
}

/** What is published of a report that reads so. */
async function published(texts: Partial<Texts> = {}, report = aReport()) {
  const { subject, mail, json } = { subject: 'Findings', mail: 'text', json: '{"v":1}', ...texts };
  const renderer = { subject: () => subject, mail: () => mail, json: () => json };
  const reportLocation = 's3://shelf/runs/run-7/report.json';
  const client = new SNSClient({ region: 'eu-west-1' });
  await new SnsAnnouncer(client, { topicArn, renderer, reportLocation }).publish(report);
  const input = sns.commandCalls(PublishCommand)[0]?.args[0].input;
  if (input?.Message === undefined) throw new Error('nothing was published');
  return { ...input, variants: JSON.parse(input.Message) as Record<string, string> };
}

const bytes = (text: string | undefined) => Buffer.byteLength(text ?? '');

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
});

describe('SnsAnnouncer', () => {
  it('publishes text for people and JSON for machines in one call', async () => {
    const { variants, ...input } = await published();
    expect(sns.calls()).toHaveLength(1);
    expect(input).toMatchObject({
      TopicArn: topicArn,
      Subject: 'Findings',
      MessageStructure: 'json',
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'none' },
        region: { DataType: 'String', StringValue: 'eu-west-1' },
      },
    });
    expect(variants).toEqual({
      default: 'text',
      email: 'text',
      sqs: '{"v":1}',
      lambda: '{"v":1}',
    });
  });

  it.each<[Severity[], string]>([
    [['notice', 'critical', 'warning'], 'critical'],
    [['notice', 'warning'], 'warning'],
    [['notice'], 'notice'],
    [[], 'none'],
  ])('carries of the severities %j the worst: %s', async (found, worst) => {
    const { MessageAttributes } = await published({}, aReport(...found));
    expect(MessageAttributes?.['severity']?.StringValue).toBe(worst);
  });

  it.each([
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['Café → 3 nodes \u{1F525}', 'Cafe ? 3 nodes ?'],
    ['bell\u0007 and nul\u0000', 'bell? and nul?'],
    ['  padded  ', 'padded'],
    ['x'.repeat(99), 'x'.repeat(99)],
    ['x'.repeat(100), `${'x'.repeat(96)}...`],
    [`${'x'.repeat(95)} and more`, `${'x'.repeat(95)}...`],
  ])('makes of the subject %j one that SNS takes: %j', async (subject, expected) => {
    expect((await published({ subject })).Subject).toBe(expected);
  });

  it('points machines to the report when it is too large, and keeps the text for people', async () => {
    const { variants, Message } = await published({ json: `"${'é'.repeat(70_000)}"` });
    expect(bytes(Message)).toBeLessThan(262_144);
    expect(variants['email']).toBe('text');
    expect(JSON.parse(variants['sqs'] ?? '')).toEqual({
      runId: 'run-7',
      region: 'eu-west-1',
      startedAt: '2026-11-22T10:00:00Z',
      tooLarge: true,
      reportLocation: 's3://shelf/runs/run-7/report.json',
    });
    expect(variants['lambda']).toBe(variants['sqs']);
  });

  it('carries the whole JSON up to the limit, and not one byte beyond', async () => {
    const room = (262_144 - 1_024 - bytes((await published({ json: '' })).Message)) / 2;
    expect((await publishedAgain('x'.repeat(Math.floor(room)))).sqs).toHaveLength(Math.floor(room));
    expect((await publishedAgain('x'.repeat(Math.floor(room) + 1))).sqs).toContain('tooLarge');
  });

  it('cuts text that is too large too, between characters, and says where the rest is', async () => {
    const { variants, Message } = await published({ mail: `x${'\u{1F525}'.repeat(100_000)}` });
    expect(bytes(Message)).toBeLessThan(262_144);
    expect(variants['email']).toMatch(
      /^x(\u{1F525})+\n\n\[cut here; the whole report: s3:\/\/shelf\/runs\/run-7\/report\.json\]\n$/u,
    );
  });
});

async function publishedAgain(json: string) {
  sns.resetHistory();
  return (await published({ json })).variants as { sqs: string };
}

describe('regionOfTopic', () => {
  it.each([
    [topicArn, 'eu-west-1'],
    ['arn:aws-cn:sns:cn-north-1:123456789012:findings', 'cn-north-1'],
  ])('reads the Region of %s', (arn, region) => {
    expect(regionOfTopic(arn)).toBe(region);
  });

  it.each(['findings', 'arn:aws:sqs:eu-west-1:123456789012:findings', 'arn:aws:sns:::findings'])(
    'fails when the ARN is %s',
    (arn) => {
      expect(() => regionOfTopic(arn)).toThrow("'arn:aws:sns:region:account:name'");
    },
  );
});
