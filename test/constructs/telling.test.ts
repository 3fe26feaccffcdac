import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../lib/constructs/configuration-error.js';
import { remindAfterFrom, type Telling, toldFrom } from '../../lib/constructs/telling.js';
import { policyFrom } from '../../lib/constructs/thresholds.js';
import { synthAuditor } from '../support/synth-auditor.js';

const mute = { rule: 'hot-node', until: '2026-12-01T00:00:00.000Z', reason: 'known' };

/** As many mutes as take this many bytes, and some more in the last reason. */
function mutesOf(bytes: number) {
  const each = JSON.stringify(mute).length + 1;
  const count = Math.floor((bytes - 2) / each);
  const all = Array.from({ length: count }, () => mute);
  const missing = bytes - JSON.stringify(all).length;
  return [{ ...mute, reason: 'known' + 'x'.repeat(missing) }, ...all.slice(1)];
}

describe('what is told', () => {
  it('is events and metrics, and nothing to Security Hub, unless told otherwise', () => {
    const wanted = { mutes: [], events: true, securityHub: false, metrics: true };
    expect(toldFrom({})).toEqual(wanted);
    const chosen = { events: false, securityHub: true, metrics: false };
    expect(toldFrom(chosen)).toEqual({ mutes: [], ...chosen });
  });
});

describe('silences', () => {
  it('end at the beginning of a day in UTC when only the day is given', () => {
    expect(toldFrom({ silences: [{ ...mute, until: '2026-12-01' }] }).mutes).toEqual([mute]);
  });

  it('take as much room as the function has for them', () => {
    const mutes = mutesOf(2_000);
    expect(JSON.stringify(mutes)).toHaveLength(2_000);
    expect(toldFrom({ silences: mutes }).mutes).toEqual(mutes);
    expect(() => toldFrom({ silences: mutesOf(2_001) })).toThrow(
      "'silences' should take at most 2000 bytes as JSON, got 2001; tags on nodes mute too",
    );
  });

  it.each([
    [[{ ...mute, rule: 'hot-nodes' }], "got 'hot-nodes'"],
    [[{ until: mute.until, reason: 'all' }], 'mute 1 should have one of rule'],
    [[mute, { ...mute, until: 'tomorrow' }], "'until' of mute 2 should be a date"],
    [[{ ...mute, node: 'i-1' }], "mute 1 has no 'node'"],
    ['hot-node', 'mutes should be a list, got "hot-node"'],
  ])('fail at synthesis when they are %j', (silences, message) => {
    const props = { silences } as Telling;
    expect(() => synthAuditor(props)).toThrow(message);
    expect(() => toldFrom(props)).toThrow(ConfigurationError);
  });
});

describe('the time of reminders', () => {
  it('is part of the policy only where it differs from the default', () => {
    expect(policyFrom({}, Duration.days(1))).toEqual({});
    expect(policyFrom({ warningUsage: 0.6 }, Duration.hours(8))).toEqual({
      warningUsage: 0.6,
      remindAfterSeconds: 28_800,
    });
    synthAuditor({ remindAfter: Duration.hours(8) }).template.hasResourceProperties(
      'AWS::Lambda::Function',
      { Environment: { Variables: { POLICY: '{"remindAfterSeconds":28800}' } } },
    );
  });

  it.each([Duration.hours(1), Duration.days(30)])('may be %s', (remindAfter) => {
    expect(remindAfterFrom(remindAfter)).toBe(remindAfter.toSeconds());
  });

  it.each([
    [Duration.seconds(3_599), "'remindAfter' should be from 1 hour to 30 days, got 59 minutes"],
    [Duration.seconds(30 * 86_400 + 1), 'got 30 days 1 second'],
  ])('fails when it is %s', (remindAfter, message) => {
    expect(() => synthAuditor({ remindAfter })).toThrow(message);
  });
});
