import { describe, expect, it } from 'vitest';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import { together, waitingEntries } from '../../../lib/core/measure/waiting-entries.js';
import { aMakeup } from '../../support/a-makeup.js';

const timeouts = {
  tcp_timeout_close_wait: 3_600,
  tcp_timeout_time_wait: 120,
  tcp_timeout_established: 86_400,
};
const table = { entries: 1_000, max: 2_000 };
const tcpStates = { ESTABLISHED: 500, TIME_WAIT: 120, CLOSE_WAIT: 60 };

const waiting = (makeup: Partial<Makeup> = {}, different = {}) =>
  waitingEntries({
    makeup: aMakeup({ tcpStates, idleEstablished: 414, ...makeup }),
    timeouts: { ...timeouts, ...different },
    table,
  });

describe('waitingEntries', () => {
  it('tells of each state what it holds, most first, and what a shorter timeout frees', () => {
    expect(waiting()).toEqual([
      {
        state: 'idle ESTABLISHED',
        timeout: 'tcp_timeout_established',
        seconds: 86_400,
        shorter: 7_440,
        entries: { share: 0.414, margin: 0 },
        // of those idle for an hour up to a day, those idle for more than two hours and four minutes
        freed: { share: expect.closeTo(0.3948, 10) as number, margin: 0 },
      },
      {
        state: 'TIME_WAIT',
        timeout: 'tcp_timeout_time_wait',
        seconds: 120,
        shorter: 30,
        entries: { share: 0.12, margin: 0 },
        freed: { share: expect.closeTo(0.09, 10) as number, margin: 0 },
      },
      {
        state: 'CLOSE_WAIT',
        timeout: 'tcp_timeout_close_wait',
        seconds: 3_600,
        shorter: 60,
        entries: { share: 0.06, margin: 0 },
        freed: { share: expect.closeTo(0.059, 10) as number, margin: 0 },
      },
    ]);
  });

  it.each([
    { state: 'CLOSE_WAIT', timeout: 'tcp_timeout_close_wait', shorter: 60 },
    { state: 'TIME_WAIT', timeout: 'tcp_timeout_time_wait', shorter: 30 },
    { state: 'idle ESTABLISHED', timeout: 'tcp_timeout_established', shorter: 7_440 },
  ])('frees nothing of $state at $shorter s or less', ({ state, timeout, shorter }) => {
    const freed = (seconds: number) =>
      waiting({}, { [timeout]: seconds }).find((one) => one.state === state)?.freed.share;
    expect(freed(shorter - 1)).toBe(0);
    expect(freed(shorter)).toBe(0);
    expect(freed(shorter + 1)).toBeGreaterThan(0);
  });

  it('carries the error of a sample of the table into what it frees', () => {
    const sample = aMakeup({ tcpStates, whole: false });
    const facts = { makeup: sample, timeouts, table: { entries: 100_000, max: 131_072 } };
    const timeWait = waitingEntries(facts).find(({ state }) => state === 'TIME_WAIT');
    expect(timeWait?.entries.margin).toBeCloseTo(0.02, 3);
    expect(timeWait?.freed.margin).toBeCloseTo(0.015, 3);
  });

  it('takes the list for the table where that was not read', () => {
    const makeup = aMakeup({ tcpStates, whole: false });
    expect(waitingEntries({ makeup, timeouts })).toMatchObject([
      { state: 'TIME_WAIT', entries: { margin: 0 } },
      { state: 'CLOSE_WAIT', entries: { margin: 0 } },
      { state: 'idle ESTABLISHED', entries: { margin: 0 } },
    ]);
  });

  it('counts a state that the list does not hold as none', () => {
    const states = waiting({ tcpStates: {}, idleEstablished: 0 });
    expect(states.map(({ entries }) => entries.share)).toEqual([0, 0, 0]);
  });

  it('tells nothing of a state whose number or timeout is not known', () => {
    const { idleEstablished, ...makeup } = aMakeup({ tcpStates });
    const named = (facts: Parameters<typeof waitingEntries>[0]) =>
      waitingEntries(facts).map(({ state }) => state);
    expect(idleEstablished).toBeDefined();
    expect(named({ makeup, timeouts, table })).toEqual(['TIME_WAIT', 'CLOSE_WAIT']);
    const { tcp_timeout_close_wait } = timeouts;
    expect(named({ makeup, timeouts: { tcp_timeout_close_wait }, table })).toEqual(['CLOSE_WAIT']);
  });

  it('tells nothing where entries were not listed, or timeouts not read', () => {
    expect(waitingEntries({ timeouts, table })).toEqual([]);
    expect(waitingEntries({ makeup: aMakeup(), table })).toEqual([]);
    expect(waitingEntries({ makeup: aMakeup({ listed: 0 }), timeouts, table })).toEqual([]);
  });
});

describe('together', () => {
  it('adds shares, and their errors as those of separate counts', () => {
    const sum = together([
      { share: 0.3, margin: 0.03 },
      { share: 0.2, margin: 0.04 },
    ]);
    expect(sum.share).toBeCloseTo(0.5, 10);
    expect(sum.margin).toBeCloseTo(0.05, 10);
  });

  it('is nothing of nothing', () => {
    expect(together([])).toEqual({ share: 0, margin: 0 });
  });
});
