import { describe, expect, it } from 'vitest';
import {
  matching,
  parseSilences,
  silenceLine,
  type Silence,
} from '../../../lib/core/mutes/mute.js';
import { hour } from '../../support/an-audit.js';

const finding = {
  rule: 'table-pressure',
  cluster: 'storefront',
  nodeGroup: 'web',
  nodes: [{ instanceId: 'i-a' }, { instanceId: 'i-b' }],
};
const silence = (different: Partial<Silence>): Silence => ({
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
  ])('of %s: %o', (_, about, silences) => {
    expect(matching(finding, [silence(about)], hour(1)) !== undefined).toBe(silences);
  });

  it('ends at its time, not later', () => {
    expect(matching(finding, [silence({})], hour(4.99))).toEqual(silence({}));
    expect(matching(finding, [silence({})], hour(5))).toBeUndefined();
  });

  it('is together what covers all nodes, until the first of them is heard again', () => {
    const ofA = silence({ instanceId: 'i-a', until: hour(9) });
    const ofB = silence({ instanceId: 'i-b', until: hour(7), reason: 'being replaced' });
    expect(matching(finding, [ofA, ofB], hour(1))).toEqual(ofB);
    expect(matching(finding, [ofA, ofB], hour(7))).toBeUndefined();
  });

  it('is the longest of those that cover the same', () => {
    const long = silence({ cluster: 'storefront', until: hour(9) });
    expect(matching(finding, [silence({}), long, silence({ until: hour(6) })], hour(1))).toEqual(
      long,
    );
  });
});

describe('silenceLine', () => {
  it('is what the configuration takes', () => {
    const line = silenceLine(finding, '2026-12-01');
    expect(line).toBe(
      '{"rule":"table-pressure","cluster":"storefront","nodeGroup":"web","until":"2026-12-01","reason":"…"}',
    );
    const [silenced] = parseSilences([JSON.parse(line)]);
    expect(matching(finding, silenced ? [silenced] : [], '2026-11-30T23:59:59Z')).toBeDefined();
    expect(matching(finding, silenced ? [silenced] : [], '2026-12-01T00:00:00Z')).toBeUndefined();
  });

  it('names no node group where the finding is about the whole cluster', () => {
    expect(silenceLine({ ...finding, nodeGroup: '*' }, '2026-12-01')).not.toContain('nodeGroup');
  });
});

describe('parseSilences', () => {
  const parsed = (until: unknown) =>
    parseSilences([{ cluster: 'storefront', until, reason: 'load test' }])[0]?.until;

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
    expect(() => parsed(until)).toThrow("'until' of silence 1 should be a date (2026-12-01");
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
    expect(parseSilences([all, { nodeGroup: 'a', until: '2026-12-01', reason: 'b' }])).toEqual([
      all,
      { nodeGroup: 'a', until: '2026-12-01T00:00:00.000Z', reason: 'b' },
    ]);
    expect(parseSilences([])).toEqual([]);
  });

  const sound = { cluster: 'storefront', until: '2026-12-01', reason: 'load test' };
  it.each([
    [{}, 'silences should be a list, got {}'],
    [undefined, 'silences should be a list, got nothing'],
    [['web'], 'silence 1 should be an object, got "web"'],
    [[sound, { ...sound, nodegroup: 'web' }], "silence 2 has no 'nodegroup', only rule, cluster"],
    [
      [{ until: '2026-12-01', reason: 'all' }],
      'silence 1 should have one of rule, cluster, nodeGroup, instanceId, got {"until"',
    ],
    [[{ ...sound, rule: 'table-presure' }], "'rule' of silence 1 should be one of table-drops"],
    [[{ ...sound, rule: 'table-presure' }], "got 'table-presure'"],
    [[{ ...sound, cluster: 5 }], "'cluster' of silence 1 should be a text of 1 to 255 characters"],
    [[{ ...sound, cluster: 'a'.repeat(256) }], "'cluster' of silence 1 should be a text"],
    [[{ ...sound, reason: ' ' }], `'reason' of silence 1 should be a text`],
    [[{ ...sound, reason: undefined }], 'got nothing'],
    [Array.from({ length: 1_001 }, () => sound), 'at most 1000 silences, got 1001'],
  ])('fails on %j', (value, message) => {
    expect(() => parseSilences(value)).toThrow(message);
  });

  it('takes as many and as long as it says', () => {
    const long = { ...sound, cluster: 'a'.repeat(255) };
    expect(parseSilences(Array.from({ length: 1_000 }, () => long))).toHaveLength(1_000);
  });
});
