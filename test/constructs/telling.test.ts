import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../lib/constructs/configuration-error.js';
import { type Telling, toldFrom } from '../../lib/constructs/telling.js';
import { policyFrom, type Times } from '../../lib/constructs/thresholds.js';
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
    [[{ until: mute.until, reason: 'all' }], "'silences[0]' should have one of rule"],
    [[mute, { ...mute, until: 'tomorrow' }], "'silences[1].until' should be a date"],
    [[{ ...mute, node: 'i-1' }], "'silences[0]' has no 'node'"],
    ['hot-node', "'silences' should be a list of mutes, got 'hot-node'"],
  ])('fail at synthesis when they are %j', (silences, message) => {
    const props = { silences } as Telling;
    expect(() => synthAuditor(props)).toThrow(message);
    expect(() => toldFrom(props)).toThrow(ConfigurationError);
  });
});

describe('the times of a policy', () => {
  it('are part of it only where they differ from the default', () => {
    const day = Duration.days(1);
    expect(policyFrom({}, { remindAfter: day, flapWindow: day, kernelLogWindow: day })).toEqual({});
    expect(policyFrom({ warningUsage: 0.6 }, { remindAfter: Duration.hours(8) })).toEqual({
      warningUsage: 0.6,
      remindAfterSeconds: 28_800,
    });
    synthAuditor({
      remindAfter: Duration.hours(8),
      flapWindow: Duration.days(2),
      kernelLogWindow: Duration.hours(2),
    }).template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          POLICY: '{"recentSeconds":7200,"remindAfterSeconds":28800,"flapSeconds":172800}',
        },
      },
    });
  });

  const names = { remindAfter: 'remindAfterSeconds', flapWindow: 'flapSeconds' };
  it.each([...Object.entries(names), ['kernelLogWindow', 'recentSeconds']])(
    'are from an hour to 30 days: %s',
    (name, key) => {
      const policy = (time: Duration) => policyFrom({}, { [name]: time });
      for (const time of [Duration.hours(1), Duration.days(30)]) {
        expect(policy(time)).toEqual({ [key]: time.toSeconds() });
      }
      expect(() => policy(Duration.seconds(3_599))).toThrow(
        `'${name}' should be from 1 hour to 30 days, got 59 minutes`,
      );
      const tooLong: Times = { [name]: Duration.seconds(30 * 86_400 + 1) };
      expect(() => synthAuditor(tooLong)).toThrow('got 30 days 1 second');
      expect(() => policyFrom({}, tooLong)).toThrow(ConfigurationError);
    },
  );
});
