/** One list price of us-east-1, before any free tier. */
export interface Price {
  readonly what: string;
  readonly usd: number;
  /** How many of `unit` that is for. */
  readonly per: number;
  readonly unit: string;
  /** Where AWS states it. */
  readonly page: string;
  /** Day of reading. */
  readonly read: string;
  /** Through whom: no price was fetched from AWS by this project. */
  readonly via: string;
}

const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const EVENTBRIDGE = 'https://aws.amazon.com/eventbridge/pricing/';

const MILLION = 1_000_000;
const priceList = { read: '2026-08-09', via: 'a published copy of the price list, of us-west-2' };
const lambdaGuide = { page: LAMBDA, read: '2026-03-08', via: 'wring.co' };
const durable = { page: LAMBDA, read: '2026-10-07', via: 'a published study that quotes the page' };
const snsStudy = { page: SNS, read: '2026-06-13', via: 'factualminds.com' };
const busStudy = { page: EVENTBRIDGE, read: '2026-03-13', via: 'cloudburn.io' };
const s3Guide = { page: S3, read: '2026-11-24', via: 'c3x.dev' };

/** The prices of the cost sheet. Prices of us-west-2 stand in if us-east-1 has the same. */
export const prices = {
  lambdaSecond: {
    what: 'Lambda on ARM64',
    usd: 0.0000133334,
    per: 1,
    unit: 'GB-second',
    page: LAMBDA,
    ...priceList,
  },
  lambdaRequest: { what: 'Lambda', usd: 0.2, per: MILLION, unit: 'requests', ...lambdaGuide },
  durableOperation: {
    what: 'durable functions',
    usd: 8,
    per: MILLION,
    unit: 'operations',
    ...durable,
  },
  durableWritten: { what: 'durable functions', usd: 0.25, per: 1, unit: 'GB written', ...durable },
  durableKept: { what: 'durable functions', usd: 0.15, per: 1, unit: 'GB-month kept', ...durable },
  s3Put: { what: 'S3 PUT and LIST', usd: 0.005, per: 1_000, unit: 'requests', ...s3Guide },
  s3Get: { what: 'S3 GET', usd: 0.0004, per: 1_000, unit: 'requests', ...s3Guide },
  s3Kept: {
    what: 'S3 Standard',
    usd: 0.023,
    per: 1,
    unit: 'GB-month',
    page: S3,
    read: '2026-11-22',
    via: 'notes of this project, not traced further',
  },
  metric: {
    what: 'CloudWatch custom metric, of the first 10,000',
    usd: 0.3,
    per: 1,
    unit: 'metric-month, by the hours that have data',
    page: CLOUDWATCH,
    ...priceList,
  },
  alarm: {
    what: 'CloudWatch alarm',
    usd: 0.1,
    per: 1,
    unit: 'alarm-month',
    page: CLOUDWATCH,
    ...priceList,
  },
  dashboard: {
    what: 'CloudWatch dashboard',
    usd: 3,
    per: 1,
    unit: 'dashboard-month',
    page: CLOUDWATCH,
    read: '2026-06-13',
    via: 'factualminds.com',
  },
  logWritten: {
    what: 'CloudWatch Logs',
    usd: 0.5,
    per: 1,
    unit: 'GB written',
    page: CLOUDWATCH,
    ...priceList,
  },
  logKept: {
    what: 'CloudWatch Logs',
    usd: 0.03,
    per: 1,
    unit: 'GB-month kept',
    page: CLOUDWATCH,
    ...priceList,
  },
  snsPublish: {
    what: 'SNS publication, for each 64 KB',
    usd: 0.5,
    per: MILLION,
    unit: 'requests',
    ...snsStudy,
  },
  snsMail: { what: 'SNS e-mail', usd: 2, per: 100_000, unit: 'mails', ...snsStudy },
  event: { what: 'EventBridge, own events', usd: 1, per: MILLION, unit: 'events', ...busStudy },
  schedule: {
    what: 'EventBridge Scheduler',
    usd: 1,
    per: MILLION,
    unit: 'invocations',
    ...busStudy,
  },
} as const satisfies Readonly<Record<string, Price>>;

/** USD of so many units. */
export function usdOf(price: keyof typeof prices, amount: number): number {
  const { usd, per } = prices[price];
  return (usd * amount) / per;
}
