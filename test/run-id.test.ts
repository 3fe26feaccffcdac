import { describe, expect, it } from 'vitest';
import { newRunId } from '../lib/run-id.js';

describe('newRunId', () => {
  it('begins with the time, so that runs sort, and differs each time', () => {
    const at = new Date('2026-11-23T08:36:14.123Z');
    expect(newRunId(at)).toMatch(/^20261123T083614Z-[0-9a-f]{6}$/);
    expect(newRunId(at)).not.toBe(newRunId(at));
  });
});
