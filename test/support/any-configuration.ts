import fc from 'fast-check';
import { ruleTexts } from '../../lib/core/rules/index.js';

const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));

/** Dates around the ends of months, most of them in a calendar. */
const aDate = fc
  .tuple(
    fc.constantFrom('2026', '2028', '1900', '2000', '2100', '0000', '9999'),
    two(13),
    fc.oneof(fc.constantFrom('28', '29', '30', '31'), two(32)),
  )
  .map((parts) => parts.join('-'));

const aTime = fc
  .tuple(two(24), two(60), fc.constantFrom('', ':00', ':59', ':60', ':00.5', ':00.'))
  .map(([hours, minutes, seconds]) => `T${hours}:${minutes}${seconds}`);
const aZone = fc.constantFrom('Z', '+02:00', '-23:59', '+24:00', '');
const anEnd = fc.oneof(
  aDate,
  fc.tuple(aDate, aTime, aZone).map((parts) => parts.join('')),
);

const aSpan = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('0', '1', '30', '31', '59', '60', '720', '721', '43200', '43201', '06'),
      fc.nat(100_000).map(String),
    ),
    fc.constantFrom('m', 'h', 'd', 's', ''),
  )
  .map((parts) => parts.join(''));

const aSchedule = fc.oneof(aSpan, fc.constantFrom('rate(6 hours)', 'cron()', 'cron(0 6 * * ? *)'));
const aShare = fc.oneof(
  fc.double({ min: 0.01, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, 1.0000001, 75, '0.5', null),
);
const anEmail = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom('a@example.com', 'b@example.com', 'a@b', 'a@b.c,d@e.f'),
  fc.string(),
);
const aGlob = fc.oneof(fc.stringMatching(/^[a-z*?[\]{},!_-]{1,8}$/), fc.string());
const aTagKey = fc.oneof(
  fc.stringMatching(/^[a-z .:/=+@_-]{1,4}$/),
  fc.constantFrom('a', 'k'.repeat(128), 'k'.repeat(129), 'eks:*', ''),
  fc.string(),
);
const aText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('web', ' ', '\ufeff', ''));
const anArn = fc
  .tuple(
    fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'AWS'),
    fc.constantFrom('sns', 'sqs'),
    fc.constantFrom('111122223333', '1111', ''),
    fc.constantFrom('findings', 'findings.fifo', 'a_b-1', '', 'x'.repeat(256), 'x'.repeat(257)),
  )
  .map(([partition, service, account, name]) =>
    ['arn', partition, service, 'eu-west-1', account, name].join(':'),
  );
const aFlag = fc.oneof(fc.boolean(), fc.constantFrom('true', 0, null));

/** Mostly what it should be, now and then anything. */
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: value, weight: 12 }, { arbitrary: fc.jsonValue(), weight: 1 });

const object = (keys: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
  fc.record(Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, mostly(value)])), {
    requiredKeys,
  });

const aMute = object(
  {
    rule: fc.oneof(fc.constantFrom(...ruleTexts.map(({ id }) => id)), aText),
    cluster: aText,
    nodeGroup: aText,
    instanceId: aText,
    until: anEnd,
    reason: aText,
    ends: anEnd,
  },
  ['until', 'reason'],
);

/** Configurations: right, nearly right and wrong. Each has few keys, or none would be right. */
export const anyConfiguration = fc.oneof(
  fc.jsonValue(),
  ...Object.entries({
    email: fc.oneof(anEmail, fc.array(anEmail, { maxLength: 3 })),
    schedule: aSchedule,
    longestGap: aSpan,
    clusters: object({ include: fc.array(aGlob), exclude: fc.array(aGlob, { maxLength: 2 }) }),
    nodeTagKeys: fc.array(aTagKey, { maxLength: 3 }),
    thresholds: object({
      warningUsage: aShare,
      criticalUsage: aShare,
      targetUsage: aShare,
      tableMemoryShare: aShare,
    }),
    remindAfter: aSpan,
    flapWindow: aSpan,
    kernelLogWindow: aSpan,
    silences: fc.array(aMute, { maxLength: 2 }),
    events: aFlag,
    securityHub: aFlag,
    metrics: aFlag,
    durable: aFlag,
    historyRetention: aSpan,
    topic: anArn,
    alarmTopic: anArn,
    bucket: fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9.-]{1,65}$/),
      fc.constantFrom('ab', 'abc', '-ab'),
    ),
    documentName: fc.oneof(
      fc.stringMatching(/^[\w.-]{1,130}$/),
      fc.constantFrom('AWS-probe', 'amazonia', 'AmzN.x', 'team-aws', 'a b c'),
    ),
    logRetention: fc.oneof(aSpan, fc.constantFrom('1d', '2d', '90d', '3653d', 90)),
  }).map(([key, value]) => object({ [key]: value, metrics: fc.boolean() })),
  fc.dictionary(fc.string(), fc.jsonValue()),
);
