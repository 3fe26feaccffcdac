import { describe, expect, it } from 'vitest';
import { sinceBoot, sinceLastAudit, withinProbe } from '../../../lib/core/measure/since-boot.js';

describe('sinceBoot', () => {
  it('says when that was, where it is known', () => {
    expect(sinceBoot({ uptimeSeconds: 864_000 })).toBe('since boot 10 days ago');
    expect(sinceBoot(undefined)).toBe('since boot');
  });
});

describe('sinceLastAudit', () => {
  it.each([
    { seconds: 21_600, said: 'since the last audit 6 hours ago' },
    { seconds: 900, said: 'since the last audit 15 minutes ago' },
  ])('says $said of $seconds s', ({ seconds, said }) => {
    expect(sinceLastAudit({ seconds })).toBe(said);
  });
});

describe('withinProbe', () => {
  it.each([
    { seconds: 2.04, said: 'within 2 s' },
    { seconds: 0.2, said: 'within 1 s' },
  ])('calls $seconds s $said', ({ seconds, said }) => {
    expect(withinProbe({ seconds, entries: 0, counters: {} })).toBe(said);
  });

  it('names no time that was not measured', () => {
    expect(withinProbe(undefined)).toBe('while the probe ran');
  });
});
