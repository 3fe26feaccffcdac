import { describe, expect, it } from 'vitest';
import { matching, parseMutes, muteLine, type Mute } from '../../../lib/core/mutes/mute.js';
import { hour } from '../../support/an-audit.js';

const finding = {
  rule: 'table-pressure',
  cluster: 'storefront',
  nodeGroup: 'web',
  nodes: [{ instanceId: 'i-a' }, { instanceId: 'i-b' }],
};
const mute = (different: Partial<Mute>): Mute => ({
  until: hour(5),
  reason: 'load test',
  ...different,
});

describe('matching', () => {
  it.each([
    ['its rule', { rule: 'table-pressure' }, true],
    ['another rule', { rule: 'table-drops' }, false],
    ['its cluster', { cluster: 'storefront' }, true],
    ['another cluster', { cluster: 'payments' }, false],
    ['its node group', { nodeGroup: 'web' }, true],
    ['another node group', { nodeGroup: 'batch' }, false],
    ['its rule elsewhere', { rule: 'table-pressure', cluster: 'payments' }, false],
    ['one of its two nodes', { instanceId: 'i-a' }, false],
    ['everything', {}, true],
  ])('of %s: %o', (_, about, mutes) => {
    expect(matching(finding, [mute(about)], hour(1)) !== undefined).toBe(mutes);
  });

  it('ends at its time, not later', () => {
    expect(matching(finding, [mute({})], hour(4.99))).toEqual(mute({}));
    expect(matching(finding, [mute({})], hour(5))).toBeUndefined();
  });

  it('is together what covers all nodes, until the first of them is heard again', () => {
    const ofA = mute({ instanceId: 'i-a', until: hour(9) });
    const ofB = mute({ instanceId: 'i-b', until: hour(7), reason: 'being replaced' });
    expect(matching(finding, [ofA, ofB], hour(1))).toEqual(ofB);
    expect(matching(finding, [ofA, ofB], hour(7))).toBeUndefined();
  });

  it('is the longest of those that cover the same', () => {
    const long = mute({ cluster: 'storefront', until: hour(9) });
    expect(matching(finding, [mute({}), long, mute({ until: hour(6) })], hour(1))).toEqual(long);
  });
});

describe('muteLine', () => {
  it('is what the configuration takes', () => {
    const line = muteLine(finding, '2026-12-01');
    expect(line).toBe(
      '{"rule":"table-pressure","cluster":"storefront","nodeGroup":"web","until":"2026-12-01","reason":"…"}',
    );
    const [silenced] = parseMutes([JSON.parse(line)]);
    expect(matching(finding, silenced ? [silenced] : [], '2026-11-30T23:59:59Z')).toBeDefined();
    expect(matching(finding, silenced ? [silenced] : [], '2026-12-01T00:00:00Z')).toBeUndefined();
  });

  it('names no node group where the finding is about the whole cluster', () => {
    expect(muteLine({ ...finding, nodeGroup: '*' }, '2026-12-01')).not.toContain('nodeGroup');
  });
});

describe('parseMutes', () => {
  const parsed = (until: unknown) =>
    parseMutes([{ cluster: 'storefront', until, reason: 'load test' }])[0]?.until;

  it.each([
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:30:00Z', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T08:30Z', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T08:30:00.250+02:00', '2026-12-01T06:30:00.250Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('reads %s as %s', (until, time) => {
    expect(parsed(until)).toBe(time);
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
  ])('fails on an end of %s', (until) => {
    expect(() => parsed(until)).toThrow("'until' of mute 1 should be a date (2026-12-01");
  });

  it('keeps all keys of each', () => {
    const all = {
      rule: 'node-silent',
      cluster: 'storefront',
      nodeGroup: 'web',
      instanceId: 'i-a',
      until: '2026-12-01T00:00:00.000Z',
      reason: 'being replaced',
    };
    expect(parseMutes([all, { nodeGroup: 'a', until: '2026-12-01', reason: 'b' }])).toEqual([
      all,
      { nodeGroup: 'a', until: '2026-12-01T00:00:00.000Z', reason: 'b' },
    ]);
    expect(parseMutes([])).toEqual([]);
  });

  const sound = { cluster: 'storefront', until: '2026-12-01', reason: 'load test' };
  it.each([
    [{}, 'mutes should be a list, got {}'],
    [undefined, 'mutes should be a list, got nothing'],
    [['web'], 'mute 1 should be an object, got "web"'],
    [[sound, { ...sound, nodegroup: 'web' }], "mute 2 has no 'nodegroup', only rule, cluster"],
    [
      [{ until: '2026-12-01', reason: 'all' }],
      'mute 1 should have one of rule, cluster, nodeGroup, instanceId, got {"until"',
    ],
    [[{ ...sound, rule: 'table-presure' }], "'rule' of mute 1 should be one of table-drops"],
    [[{ ...sound, rule: 'table-presure' }], "got 'table-presure'"],
    [[{ ...sound, cluster: 5 }], "'cluster' of mute 1 should be a text of 1 to 255 characters"],
    [[{ ...sound, cluster: 'a'.repeat(256) }], "'cluster' of mute 1 should be a text"],
    [[{ ...sound, reason: ' ' }], `'reason' of mute 1 should be a text`],
    [[{ ...sound, reason: undefined }], 'got nothing'],
    [Array.from({ length: 1_001 }, () => sound), 'at most 1000 mutes, got 1001'],
  ])('fails on %j', (value, message) => {
    expect(() => parseMutes(value)).toThrow(message);
  });

  it('takes as many and as long as it says', () => {
    const long = { ...sound, cluster: 'a'.repeat(255) };
    expect(parseMutes(Array.from({ length: 1_000 }, () => long))).toHaveLength(1_000);
  });
});
