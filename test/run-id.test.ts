import { describe, expect, it } from 'vitest';
import { newRunId, tickRunId } from '../lib/run-id.js';

describe('tickRunId', () => {
  it('is the same for every attempt of one tick', () => {
    expect(tickRunId('2026-11-23T08:36:14Z')).toBe('20261123T083614Z');
    expect(tickRunId('2026-11-23T08:36:14.000Z')).toBe('20261123T083614Z');
  });
});

describe('newRunId', () => {
  it('begins with the time, so that runs sort, and differs each time', () => {
    const at = new Date('2026-11-23T08:36:14.123Z');
    expect(newRunId(at)).toMatch(/^20261123T083614Z-[0-9a-f]{6}$/);
    expect(newRunId(at)).not.toBe(newRunId(at));
  });
});
