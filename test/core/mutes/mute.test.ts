import { describe, expect, it } from 'vitest';
import { matching, muteLine, type Mute } from '../../../lib/core/mutes/mute.js';
import { mutesSchema } from '../../../lib/core/mutes/parse-mutes.js';
import { parsed } from '../../../lib/core/text/parsed.js';
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
    const [silenced] = parsed(mutesSchema, [JSON.parse(line)]);
    expect(matching(finding, silenced ? [silenced] : [], '2026-11-30T23:59:59Z')).toBeDefined();
    expect(matching(finding, silenced ? [silenced] : [], '2026-12-01T00:00:00Z')).toBeUndefined();
  });

  it('names no node group where the finding is about the whole cluster', () => {
    expect(muteLine({ ...finding, nodeGroup: '*' }, '2026-12-01')).not.toContain('nodeGroup');
  });
});
