import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../lib/core/judge/policy.js';
import { auditEnv, readEnv, requestSeconds } from '../lib/env.js';

const text = v.string();

describe('readEnv', () => {
  it('gives the variables that were asked for, and no other', () => {
    expect(readEnv(v.object({ A: text }), { A: '1', B: '2' })).toEqual({ A: '1' });
  });

  it('names every variable that is missing or empty', () => {
    expect(() => readEnv(v.object({ A: text, B: text, C: text }), { A: '1', B: '' })).toThrow(
      'missing environment variables: B, C',
    );
  });
});

const sound = {
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:findings',
  BUCKET_NAME: 'bucket',
  BUCKET_REGION: 'eu-west-1',
  DOCUMENT_NAME: 'document',
  CLUSTER_GLOBS: '{"include":["prod-*"],"exclude":[]}',
  NODE_TAG_KEYS: '["aws:eks:cluster-name"]',
  DASHBOARD: 'none',
  POLICY: '{"warningUsage":0.6}',
  MUTES: '[{"rule":"hot-node","until":"2026-12-01","reason":"known"}]',
  EVENTS: 'true',
  SECURITY_HUB: 'false',
  METRICS: 'true',
  HUB_CADENCE: 'none',
  ACCOUNT_ID: '123456789012',
  PARTITION: 'aws',
};

describe('the environment of the audit function', () => {
  it('is read whole, with every default filled in', () => {
    expect(readEnv(auditEnv, sound)).toEqual({
      ...sound,
      CLUSTER_GLOBS: { include: ['prod-*'], exclude: [] },
      NODE_TAG_KEYS: ['aws:eks:cluster-name'],
      DASHBOARD: undefined,
      HUB_CADENCE: undefined,
      POLICY: { ...defaultPolicy, warningUsage: 0.6 },
      MUTES: [{ rule: 'hot-node', until: '2026-12-01T00:00:00.000Z', reason: 'known' }],
      EVENTS: true,
      SECURITY_HUB: false,
      METRICS: true,
    });
  });

  it.each([
    [{ POLICY: '{' }, "environment: 'POLICY' should be JSON, got '{'"],
    [{ POLICY: '[]' }, "environment: 'POLICY' should be an object, got []"],
    [
      { POLICY: '{"warningUsage":75}' },
      "environment: 'POLICY.warningUsage' should be a share greater than 0 and at most 1, got 75",
    ],
    [
      { POLICY: '{"criticalUsage":0.75}' },
      "environment: 'POLICY.warningUsage' should be less than 'criticalUsage', which is 0.75, got 0.75",
    ],
    [{ POLICY: '{"flapSecond":1}' }, "'POLICY' has no 'flapSecond', did you mean 'flapSeconds'?"],
    [{ MUTES: '{}' }, "environment: 'MUTES' should be a list of mutes, got {}"],
    [
      { MUTES: '[{"rule":"hot-node","until":"tomorrow","reason":"x"}]' },
      "environment: 'MUTES[0].until' should be a date",
    ],
    [
      { CLUSTER_GLOBS: '{"include":["a b"]}' },
      "environment: 'CLUSTER_GLOBS.include[0]' should be the name of a cluster or a glob such as prod-*, got 'a b'",
    ],
    [{ CLUSTER_GLOBS: '{"includes":[]}' }, "has no 'includes', did you mean 'include'?"],
    [{ METRICS: 'yes' }, "environment: 'METRICS' should be true or false, got 'yes'"],
    [
      { EVENTS: '1', SECURITY_HUB: '0' },
      "'EVENTS' should be true or false, got '1'; 'SECURITY_HUB' should be true or false, got '0'",
    ],
  ])('is named where it is broken: %j', (broken, message) => {
    expect(() => readEnv(auditEnv, { ...sound, ...broken })).toThrow(message);
  });
});

describe('the limit of time that people may choose', () => {
  const of = (text?: string) => requestSeconds({ CONNTRACK_AUDITOR_REQUEST_SECONDS: text });

  it('is what they say, and nothing where they do not', () => {
    expect([of('60'), of('0.5'), of('300'), of(''), of()]).toEqual([
      60,
      0.5,
      300,
      undefined,
      undefined,
    ]);
  });

  it.each(['0', '301', '-1', '5s', ' '])('fails as %j', (text) => {
    expect(() => of(text)).toThrow(
      `environment: 'CONNTRACK_AUDITOR_REQUEST_SECONDS' should be seconds greater than 0 and at most 300, got `,
    );
  });
});
