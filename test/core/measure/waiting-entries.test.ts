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
        by: 'rate',
      },
      {
        state: 'TIME_WAIT',
        timeout: 'tcp_timeout_time_wait',
        seconds: 120,
        shorter: 30,
        entries: { share: 0.12, margin: 0 },
        freed: { share: expect.closeTo(0.09, 10) as number, margin: 0 },
        by: 'rate',
      },
      {
        state: 'CLOSE_WAIT',
        timeout: 'tcp_timeout_close_wait',
        seconds: 3_600,
        shorter: 60,
        entries: { share: 0.06, margin: 0 },
        freed: { share: expect.closeTo(0.059, 10) as number, margin: 0 },
        by: 'rate',
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

  it.each([
    { state: 'CLOSE_WAIT', ages: { CLOSE_WAIT: [0, 0, 10, 30, 0, 20] }, freed: 0.02 },
    { state: 'TIME_WAIT', ages: { TIME_WAIT: [20, 20, 20, 0, 60] }, freed: 0.06 },
    {
      state: 'idle ESTABLISHED',
      ages: { ESTABLISHED: [80, 0, 0, 0, 0, 0, 6, 0, 314, 100] },
      freed: 0.1,
    },
    { state: 'CLOSE_WAIT', ages: {}, freed: 0 },
  ])('counts of $state what is older than the shorter timeout: $ages', (given) => {
    const one = waiting({ ages: given.ages }).find(({ state }) => state === given.state);
    expect(one).toMatchObject({ by: 'ages', freed: { share: given.freed, margin: 0 } });
  });

  it('knows SYN_SENT and FIN_WAIT as states that wait', () => {
    const makeup = {
      tcpStates: { SYN_SENT: 300, FIN_WAIT: 100 },
      ages: { SYN_SENT: [50, 50, 0, 200] },
    };
    const more = { tcp_timeout_syn_sent: 120, tcp_timeout_fin_wait: 120 };
    const [syn, fin] = waiting({ ...makeup, idleEstablished: 0 }, more);
    expect(syn).toMatchObject({
      state: 'SYN_SENT',
      shorter: 20,
      freed: { share: 0.2 },
      by: 'ages',
    });
    expect(fin).toMatchObject({
      state: 'FIN_WAIT',
      shorter: 60,
      freed: { share: 0.05 },
      by: 'rate',
    });
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

  it('is never more than the whole', () => {
    const most = { share: 0.7, margin: 0 };
    expect(together([most, most]).share).toBe(1);
  });

  it('is nothing of nothing', () => {
    expect(together([])).toEqual({ share: 0, margin: 0 });
  });
});
