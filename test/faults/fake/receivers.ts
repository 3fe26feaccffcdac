import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID } from '../../../lib/simulator/account.js';
import { queryError } from '../../../lib/simulator/protocol/ec2-query.js';
import type { AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';

/** One message that the topic took. */
export interface Message {
  readonly subject: string;
  /** The text for each protocol. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One event that the bus took. */
export interface BusEvent {
  readonly detailType: string;
  readonly detail: string;
}

/** One finding that Security Hub took. */
export type HubFinding = Readonly<Record<string, unknown>>;

/** Everything that anybody was told. */
export interface Told {
  readonly topic: Message[];
  readonly events: BusEvent[];
  readonly hub: HubFinding[];
}

/** SNS: Publish. */
export function publish(body: string, told: Told): AwsResponse {
  const form = new URLSearchParams(body);
  if (form.get('Action') !== 'Publish') return unknown(form.get('Action') ?? '');
  const attributes: Record<string, string> = {};
  for (let at = 1; form.has(`MessageAttributes.entry.${at}.Name`); at += 1) {
    const name = form.get(`MessageAttributes.entry.${at}.Name`) ?? '';
    attributes[name] = form.get(`MessageAttributes.entry.${at}.Value.StringValue`) ?? '';
  }
  told.topic.push({
    subject: form.get('Subject') ?? '',
    bodies: JSON.parse(form.get('Message') ?? '{}') as Message['bodies'],
    attributes,
  });
  return query('Publish', `<MessageId>${randomUUID()}</MessageId>`);
}

interface Entry {
  readonly DetailType: string;
  readonly Detail: string;
}

/** Items of a call that the service does not take, and what it says of each. */
export interface Untaken {
  readonly about: string;
  readonly forGood: boolean;
}

/**
 * EventBridge: PutEvents.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
export function putEvents(body: string, told: Told, untaken: Untaken | undefined): AwsResponse {
  const { Entries: entries } = JSON.parse(body) as { readonly Entries: readonly Entry[] };
  const results = entries.map(({ DetailType: detailType, Detail: detail }) => {
    if (untaken !== undefined && detail.includes(untaken.about)) {
      const ErrorCode = untaken.forGood ? 'MalformedDetail' : 'InternalFailure';
      return { ErrorCode, ErrorMessage: 'this entry is not taken' };
    }
    told.events.push({ detailType, detail });
    return { EventId: randomUUID() };
  });
  const FailedEntryCount = results.filter((one) => 'ErrorCode' in one).length;
  return json({ FailedEntryCount, Entries: results }, 'application/x-amz-json-1.1');
}

/** Security Hub: BatchImportFindings. */
export function importFindings(
  body: string,
  told: Told,
  untaken: Untaken | undefined,
): AwsResponse {
  const { Findings: findings } = JSON.parse(body) as { readonly Findings: readonly HubFinding[] };
  const isRefused = (one: HubFinding) =>
    untaken !== undefined && JSON.stringify(one).includes(untaken.about);
  const FailedFindings = findings.filter(isRefused).map(({ Id }) => ({
    Id,
    ErrorCode: untaken?.forGood === true ? 'InvalidInput' : 'InternalFailure',
    ErrorMessage: 'this finding is not taken',
  }));
  const taken = findings.filter((one) => !isRefused(one));
  told.hub.push(...taken);
  const counts = { FailedCount: FailedFindings.length, SuccessCount: taken.length };
  return json({ ...counts, FailedFindings }, 'application/json');
}

/** STS and IAM: who calls. */
export function identity(body: string): AwsResponse {
  const action = new URLSearchParams(body).get('Action') ?? '';
  if (action === 'GetCallerIdentity') {
    const arn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/conntrack-auditor/audit`;
    const who = `<Arn>${arn}</Arn><UserId>AROA:audit</UserId><Account>${ACCOUNT_ID}</Account>`;
    return query(action, who);
  }
  if (action === 'ListAccountAliases') {
    const aliases = '<AccountAliases><member>acme-prod</member></AccountAliases>';
    return query(action, `<IsTruncated>false</IsTruncated>${aliases}`);
  }
  return unknown(action);
}

function query(action: string, result: string): AwsResponse {
  const body = `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, contentType: 'text/xml', body };
}

function json(value: object, contentType: string): AwsResponse {
  return { status: 200, contentType, body: JSON.stringify(value) };
}

function unknown(action: string): AwsResponse {
  return queryError(new ServiceError('InvalidAction', `this account has no action '${action}'`));
}
