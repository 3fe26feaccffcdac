import { describe, expect, it } from 'vitest';
import { muteTagsOf } from '../../../lib/core/mutes/mute-tags.js';

const of = (tags: Record<string, string>) => muteTagsOf((key) => tags[key]);

describe('muteTagsOf', () => {
  it('reads the three tags', () => {
    expect(
      of({
        'conntrack-auditor/silence-until': '2026-12-01',
        'conntrack-auditor/silence-reason': 'load test',
        'conntrack-auditor/silence-rule': 'table-pressure',
        Name: 'node',
      }),
    ).toEqual({ until: '2026-12-01', reason: 'load test', rule: 'table-pressure' });
  });

  it('keeps a tag that stands alone: people should hear that it mutes nothing', () => {
    expect(of({ 'conntrack-auditor/silence-reason': '' })).toEqual({ reason: '' });
    expect(of({ 'conntrack-auditor/silence-rule': 'hot-node' })).toEqual({ rule: 'hot-node' });
  });

  it('is nothing where none of them is there', () => {
    expect(of({ Name: 'node', 'conntrack-auditor/silence': '2026-12-01' })).toBeUndefined();
  });

  it('keeps a value as it is, and cuts what is longer than a tag can be', () => {
    const reason = of({ 'conntrack-auditor/silence-reason': ' a\u001b[31m\r\nb\u202e ' });
    expect(reason).toEqual({ reason: 'a\u001b[31m\r\nb\u202e' });
    for (const [length, kept] of [
      [256, 'x'.repeat(256)],
      [257, `${'x'.repeat(255)}…`],
    ] as const) {
      expect(of({ 'conntrack-auditor/silence-reason': 'x'.repeat(length) })?.reason).toBe(kept);
    }
  });
});
