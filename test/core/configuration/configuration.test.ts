import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import schema from '../../../schema/configuration.v1.schema.json' with { type: 'json' };
import { configurationSchema } from '../../../lib/core/configuration/configuration.js';
import { policyOf } from '../../../lib/core/configuration/policy-of.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { parsed } from '../../../lib/core/text/parsed.js';
import { anyConfiguration } from '../../support/any-configuration.js';
import { editorTakes } from '../../support/configuration-schema.js';

const configurationOf = (value: unknown) => parsed(configurationSchema, value);
const productTakes = (value: unknown) => v.safeParse(configurationSchema, value).success;

const mute = { rule: 'hot-node', until: '2026-12-01', reason: 'known' };
const everything = {
  email: ['a@example.com', 'b@example.com'],
  topic: 'arn:aws:sns:eu-west-1:111122223333:findings',
  alarmTopic: 'arn:aws:sns:eu-west-1:111122223333:alarms',
  schedule: 'cron(0 6 ? * MON-FRI *)',
  longestGap: '3d',
  clusters: { include: ['prod-*'], exclude: ['*-sandbox'] },
  nodeTagKeys: ['team/cluster'],
  thresholds: {
    warningUsage: 0.6,
    criticalUsage: 0.9,
    targetUsage: 0.4,
    tableMemoryShare: 0.1,
  },
  remindAfter: '12h',
  flapWindow: '2d',
  kernelLogWindow: '60m',
  silences: [{ ...mute, cluster: 'a', nodeGroup: 'b', instanceId: 'i-1' }],
  events: false,
  securityHub: true,
  metrics: false,
  durable: false,
  historyRetention: '90d',
  bucket: 'our-runs',
  documentName: 'team-b-probe',
  logRetention: '30d',
};

describe('a configuration', () => {
  it('may hold nothing, or everything', () => {
    expect(configurationOf({})).toEqual({});
    expect(configurationOf(everything)).toEqual({
      ...everything,
      silences: [{ ...everything.silences[0], until: '2026-12-01T00:00:00.000Z' }],
    });
  });

  it('may name a single address', () => {
    expect(configurationOf({ email: 'a@example.com' }).email).toEqual(['a@example.com']);
  });

  it('chooses keys of the policy, in seconds', () => {
    expect(policyOf({})).toEqual({});
    expect(policyOf(configurationOf(everything))).toEqual({
      ...everything.thresholds,
      remindAfterSeconds: 43_200,
      flapSeconds: 172_800,
      recentSeconds: 3_600,
    });
    const chosen = Object.keys(policyOf(configurationOf(everything))).sort();
    expect(chosen).toEqual(Object.keys(defaultPolicy).sort());
  });

  it.each([
    [{ shedule: '6h' }, "the value has no 'shedule', did you mean 'schedule'?"],
    [{ include: ['a'] }, "has no 'include', only email, topic,"],
    [{ thresholds: { warnUsage: 1 } }, "'thresholds' has no 'warnUsage', did you mean"],
    [
      { thresholds: { warningUsage: 1.5 } },
      "'thresholds.warningUsage' should be a share greater than 0 and at most 1, got 1.5",
    ],
    [{ email: 'team' }, "'email' should be an address such as team@example.com, got 'team'"],
    [{ email: ['team'] }, "'email[0]' should be an address such as team@example.com, got 'team'"],
    [{ email: 5 }, "'email' should be an address such as team@example.com, or a list"],
    [{ schedule: '6 hours' }, "'schedule' should be a time such as 30m, 6h or 2d, or a rate(...)"],
    [{ remindAfter: '59m' }, "'remindAfter' should be a time from 1h to 30d, such as 12h or 2d"],
    [{ historyRetention: '24h' }, "'historyRetention' should be a time in days such as 400d"],
    [{ topic: 'findings' }, "'topic' should be the ARN of a standard SNS topic such as arn:aws:"],
    [{ bucket: 'Runs' }, "'bucket' should be the name of a bucket such as our-conntrack-runs"],
    [{ documentName: 'amazon-x' }, "'documentName' should be 3 to 128 letters, digits, '_'"],
    [{ logRetention: '91d' }, "'logRetention' should be a time that CloudWatch can keep a log: 1d"],
    [{ events: 'yes' }, "'events' should be true or false, got 'yes'"],
    [{ clusters: { include: 'prod' } }, "'clusters.include' should be a list of names or globs"],
    [{ silences: [{ ...mute, until: '2026-02-30' }] }, "'silences[0].until' should be a date"],
  ])('fails on %j', (value, message) => {
    expect(() => configurationOf(value)).toThrow(message);
    expect(editorTakes(value)).toBe(false);
  });
});

describe('the published schema of a configuration', () => {
  it('has the keys and the defaults of the product', () => {
    const { properties } = schema;
    expect(Object.keys(properties)).toEqual(Object.keys(everything));
    const { thresholds, remindAfter, flapWindow, kernelLogWindow } = properties;
    const shares = Object.entries(thresholds.properties).map(([k, one]) => [k, one.default]);
    const times = {
      remindAfter: remindAfter.default,
      flapWindow: flapWindow.default,
      kernelLogWindow: kernelLogWindow.default,
    };
    const defaults = configurationOf({
      thresholds: Object.fromEntries(shares) as object,
      ...times,
    });
    expect(policyOf(defaults)).toEqual(defaultPolicy);
  });

  it.each([
    ['an hour in minutes', { remindAfter: '60m' }, true],
    ['less than an hour', { flapWindow: '59m' }, false],
    ['30 days in minutes', { remindAfter: '43200m' }, true],
    ['more than 30 days in minutes', { remindAfter: '43201m' }, false],
    ['30 days in hours', { kernelLogWindow: '720h' }, true],
    ['more than 30 days in hours', { kernelLogWindow: '721h' }, false],
    ['31 days', { remindAfter: '31d' }, false],
    ['no time', { longestGap: '0h' }, false],
    ['a long gap', { longestGap: '999999999d' }, true],
    ['a longer one', { longestGap: '1000000000d' }, false],
    ['a whole share', { thresholds: { targetUsage: 1 } }, true],
    ['a share of nothing', { thresholds: { targetUsage: 0 } }, false],
    ['a leap day', { silences: [{ ...mute, until: '2028-02-29' }] }, true],
    ['a leap day of another year', { silences: [{ ...mute, until: '2026-02-29' }] }, false],
    ['a leap day of 1900', { silences: [{ ...mute, until: '1900-02-29' }] }, false],
    ['a leap day of 2000', { silences: [{ ...mute, until: '2000-02-29' }] }, true],
    ['a reason of blanks', { silences: [{ ...mute, reason: ' \t' }] }, false],
    ['a reason of 255 signs', { silences: [{ ...mute, reason: '😀'.repeat(255) }] }, true],
    ['a reason of 256 signs', { silences: [{ ...mute, reason: '😀'.repeat(256) }] }, false],
    ['a mute of no rule', { silences: [{ ...mute, rule: 'hot-nodes' }] }, false],
    ['no reason', { silences: [{ rule: 'hot-node', until: '2026-12-01' }] }, false],
    ['a mute of everything', { silences: [{ until: '2026-12-01', reason: 'all' }] }, false],
    ['1000 mutes', { silences: Array.from({ length: 1_000 }, () => mute) }, true],
    ['1001 mutes', { silences: Array.from({ length: 1_001 }, () => mute) }, false],
    ['an address twice', { email: ['a@example.com', 'a@example.com'] }, false],
    ['no address', { email: [] }, true],
    ['a key of every object', { toString: 'x' }, false],
    ['a list', [], false],
    ['nothing', null, false],
    ['a key without a value', { clusters: null }, false],
  ])('judges %s as the product does', (_, value, isTaken) => {
    expect({ product: productTakes(value), editor: editorTakes(value) }).toEqual({
      product: isTaken,
      editor: isTaken,
    });
  });

  it('judges whatever comes as the product does', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyConfiguration, (value) => {
        const isTaken = productTakes(value);
        taken += Number(isTaken);
        expect(editorTakes(value)).toBe(isTaken);
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(taken).toBeLessThan(2_900);
  });
});
