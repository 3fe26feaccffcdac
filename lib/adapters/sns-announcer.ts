import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { severities } from '../core/finding.js';
import type { Announcer } from '../core/ports.js';
import type { Report } from '../core/report.js';

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const SUBJECT_LIMIT = 99;
/** Bytes of one publication: body, all its variants and the attributes. */
const MESSAGE_LIMIT = 262_144;
/** Bytes set aside for the attributes, which are two short words with their names and types. */
const ATTRIBUTES_ROOM = 1_024;

/** How a report reads in each form. */
export interface AnnouncementRenderer {
  subject(report: Report): string;
  /** Plain text for people. */
  mail(report: Report): string;
  /** JSON text for machines. */
  json(report: Report): string;
}

/** Where announcements go, and how they look. */
export interface SnsAnnouncerOptions {
  readonly topicArn: string;
  readonly renderer: AnnouncementRenderer;
  /** Where the whole report is kept, for announcements too small to hold it. */
  readonly reportLocation: string;
}

/** Publishes to one SNS topic: text to people, JSON to queues and functions, in one call. */
export class SnsAnnouncer implements Announcer {
  constructor(
    private readonly sns: SNSClient,
    private readonly options: SnsAnnouncerOptions,
  ) {}

  async publish(report: Report): Promise<void> {
    const { topicArn, renderer } = this.options;
    await this.sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subjectLine(renderer.subject(report)),
        MessageStructure: 'json',
        Message: this.message(report),
        MessageAttributes: {
          severity: { DataType: 'String', StringValue: worstSeverity(report) },
          region: { DataType: 'String', StringValue: report.region },
        },
      }),
    );
  }

  /** The first of these that fits: everything; a pointer for machines; for people too, with its head. */
  private message(report: Report): string {
    const { renderer, reportLocation } = this.options;
    const text = renderer.mail(report);
    const whole = variants(text, renderer.json(report));
    if (fits(whole)) return whole;

    const { runId, region, startedAt } = report;
    const pointer = JSON.stringify({ runId, region, startedAt, tooLarge: true, reportLocation });
    const pointing = variants(text, pointer);
    if (fits(pointing)) return pointing;

    const rest = `\n\n[cut here; the whole report: ${reportLocation}]\n`;
    let length = text.length;
    let cut: string;
    do {
      length = Math.floor(length / 2);
      // Half of a character that takes two code units is no character.
      cut = variants(text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '') + rest, pointer);
    } while (!fits(cut) && length > 0);
    return cut;
  }
}

/** The Region in a topic's ARN: SNS takes a publication only there. Fails on what is no ARN. */
export function regionOfTopic(topicArn: string): string {
  const region = /^arn:[^:]+:sns:([^:]+):\d+:.+$/.exec(topicArn)?.[1];
  if (region === undefined) {
    throw new Error(`the ARN of a topic should look like 'arn:aws:sns:region:account:name'`);
  }
  return region;
}

function variants(text: string, json: string): string {
  return JSON.stringify({ default: text, email: text, sqs: json, lambda: json });
}

function fits(message: string): boolean {
  return new TextEncoder().encode(message).length <= MESSAGE_LIMIT - ATTRIBUTES_ROOM;
}

/** Printable ASCII on one line. SNS refuses anything else, and the whole publication with it. */
function subjectLine(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/gu, '?')
    .trim();
  return ascii.length <= SUBJECT_LIMIT
    ? ascii
    : `${ascii.slice(0, SUBJECT_LIMIT - 3).trimEnd()}...`;
}

/** `none` when nothing was found, so that a filter policy can tell. */
function worstSeverity({ findings }: Report): string {
  return severities.find((severity) => findings.some((f) => f.severity === severity)) ?? 'none';
}
