import { describe, expect, it } from 'vitest';
import { shortenTimeouts } from '../../../lib/core/remedies/shorten-timeouts.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode } from '../../support/a-node.js';

/** 1,000 of 2,000 entries: 60 % wait in these two states, under these timeouts. */
function waiting(timeouts: Record<string, number>, tcpStates: Record<string, number>) {
  const makeup = aMakeup({ tcpStates });
  return aCase(aNode({ table: { entries: 1_000, max: 2_000 }, makeup, timeouts }));
}

const states = { CLOSE_WAIT: 400, TIME_WAIT: 200, ESTABLISHED: 400 };

describe('shorten-timeouts', () => {
  it('frees of each state the part that shorter waits do not hold', () => {
    const timeouts = { tcp_timeout_close_wait: 3_600, tcp_timeout_time_wait: 120 };
    const said = shortenTimeouts.assess(waiting(timeouts, states));
    const freed = 0.4 * (1 - 60 / 3_600) + 0.2 * (1 - 30 / 120);
    expect(said?.helps).toBe(true);
    expect(said?.predicted.usage).toBeCloseTo(0.5 * (1 - freed));
  });

  it('does not help where the timeouts are short already, or nothing waits', () => {
    const short = { tcp_timeout_close_wait: 60, tcp_timeout_time_wait: 30 };
    expect(shortenTimeouts.assess(waiting(short, states))?.helps).toBe(false);
    const long = { tcp_timeout_close_wait: 3_600, tcp_timeout_time_wait: 120 };
    expect(shortenTimeouts.assess(waiting(long, { ESTABLISHED: 1_000 }))?.helps).toBe(false);
  });

  it('predicts nothing where the states were not read, and says how long CLOSE_WAIT is held', () => {
    const timeouts = { tcp_timeout_close_wait: 3_600 };
    expect(shortenTimeouts.assess(aCase(aNode({ timeouts })))).toMatchObject({
      helps: null,
      reason: expect.stringContaining('3,600 s') as string,
      predicted: {},
    });
  });
});
