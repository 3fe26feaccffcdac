import { describe, expect, it } from 'vitest';
import { endOf, mutesSchema } from '../../../lib/core/mutes/parse-mutes.js';
import { parsed } from '../../../lib/core/text/parsed.js';

const mutesOf = (value: unknown) => parsed(mutesSchema, value, { key: 'silences' });

describe('the end of a mute', () => {
  it.each([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:30:00Z', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T08:30Z', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T08:30:00.250+02:00', '2026-12-01T06:30:00.250Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('that is written %s is %s', (until, time) => {
    expect(endOf(until)).toBe(time);
    const [mute] = mutesOf([{ cluster: 'storefront', until, reason: 'load test' }]);
    expect(mute?.until).toBe(time);
  });

  it.each([
    '2026-12-01T08:30:00',
    '2026-02-30',
    '2026-02-29T08:00:00Z',
    '2026-13-01',
    '2026-12-01T24:00:00Z',
    '2026-12-01T08:60Z',
    '1 December 2026',
    '',
    20261201,
    undefined,
  ])('cannot be %s', (until) => {
    expect(() => mutesOf([{ cluster: 'storefront', until, reason: 'load test' }])).toThrow(
      "'silences[0].until' should be a date (2026-12-01",
    );
  });
});

describe('mutes', () => {
  it('keep all keys of each', () => {
    const all = {
      rule: 'node-silent',
      cluster: 'storefront',
      nodeGroup: 'web',
      instanceId: 'i-a',
      until: '2026-12-01T00:00:00.000Z',
      reason: 'being replaced',
    };
    expect(mutesOf([all, { nodeGroup: 'a', until: '2026-12-01', reason: 'b' }])).toEqual([
      all,
      { nodeGroup: 'a', until: '2026-12-01T00:00:00.000Z', reason: 'b' },
    ]);
    expect(mutesOf([])).toEqual([]);
  });

  it('have no key for what is undefined', () => {
    const [mute] = mutesOf([
      { rule: undefined, cluster: 'storefront', until: '2026-12-01', reason: 'load test' },
    ]);
    expect(Object.keys(mute ?? {})).toEqual(['cluster', 'until', 'reason']);
  });

  const sound = { cluster: 'storefront', until: '2026-12-01', reason: 'load test' };
  it.each([
    [{}, "'silences' should be a list of mutes, got {}"],
    [undefined, "'silences' should be a list of mutes, got nothing"],
    [['web'], "'silences[0]' should be an object, got 'web'"],
    [
      [sound, { ...sound, nodegroup: 'web' }],
      "'silences[1]' has no 'nodegroup', did you mean 'nodeGroup'?",
    ],
    [[{ ...sound, node: 'i-1' }], "'silences[0]' has no 'node', only rule, cluster, nodeGroup"],
    [
      [{ until: '2026-12-01', reason: 'all' }],
      `'silences[0]' should have one of rule, cluster, nodeGroup, instanceId, got {"until"`,
    ],
    [[{ ...sound, rule: 'table-presure' }], "'silences[0].rule' should be one of table-drops"],
    [[{ ...sound, rule: 'table-presure' }], "got 'table-presure'"],
    [[{ ...sound, cluster: 5 }], "'silences[0].cluster' should be a text of 1 to 255 characters"],
    [[{ ...sound, cluster: 'a'.repeat(256) }], "'silences[0].cluster' should be a text"],
    [[{ ...sound, reason: ' ' }], `'silences[0].reason' should be a text`],
    [[{ ...sound, reason: undefined }], 'got nothing'],
    [[{ cluster: 'a', until: '2026-12-01' }], "'silences[0].reason' should be a text of 1"],
    [
      Array.from({ length: 1_001 }, () => sound),
      "'silences' should be at most 1000 mutes, not 1001",
    ],
  ])('fail on %j', (value, message) => {
    expect(() => mutesOf(value)).toThrow(message);
  });

  it('are as many and as long as is said', () => {
    const long = { ...sound, cluster: '😀'.repeat(255) };
    expect(mutesOf(Array.from({ length: 1_000 }, () => long))).toHaveLength(1_000);
  });
});
