import { describe, expect, it } from 'vitest';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { idleEntries as rule } from '../../../lib/core/rules/idle-entries.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const kubeProxys = {
  tcp_timeout_close_wait: 3_600,
  tcp_timeout_time_wait: 120,
  tcp_timeout_established: 86_400,
};

const closeWait = (entries: number): Partial<Makeup> => ({ tcpStates: { CLOSE_WAIT: entries } });

function evaluate(makeup: Partial<Makeup>, usage = 0.8, timeouts: Record<string, number> = {}) {
  const table = { entries: usage * 100_000, max: 100_000 };
  const facts = { table, makeup: aMakeup(makeup), timeouts: { ...kubeProxys, ...timeouts } };
  return rule.evaluate(aNode(facts), policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('idle-entries', () => {
  it.each([
    { usage: 0.49, waiting: 1_000, said: 'pass' },
    { usage: 0.5, waiting: 399, said: 'pass' },
    { usage: 0.5, waiting: 400, said: 'notice' },
    { usage: 0.74, waiting: 400, said: 'notice' },
    { usage: 0.75, waiting: 400, said: 'warning' },
    { usage: 0.75, waiting: 399, said: 'pass' },
  ])('says $said of $waiting waiting in 1,000 at a usage of $usage', ({ usage, waiting, said }) => {
    expect(say(closeWait(waiting), usage)).toBe(said);
  });

  it('adds the three states up, and counts no other', () => {
    const tcpStates = { CLOSE_WAIT: 125, TIME_WAIT: 125, ESTABLISHED: 600, FIN_WAIT: 100 };
    expect(say({ tcpStates, idleEstablished: 149 })).toBe('pass');
    expect(say({ tcpStates, idleEstablished: 150 })).toBe('warning');
  });

  it('leaves half-open flows to the rule about those', () => {
    const halfOpen = { tcpStates: { SYN_SENT: 900, CLOSE_WAIT: 10 } };
    expect(say(halfOpen, 0.8, { tcp_timeout_syn_sent: 120 })).toBe('pass');
  });

  it('judges a sample by the lower end of its share', () => {
    expect(say({ ...closeWait(430), whole: false })).toBe('pass');
    expect(say({ ...closeWait(431), whole: false })).toBe('warning');
  });

  it.each([
    { timeout: 'tcp_timeout_close_wait', seconds: 60, makeup: closeWait(500) },
    { timeout: 'tcp_timeout_time_wait', seconds: 30, makeup: { tcpStates: { TIME_WAIT: 500 } } },
    {
      timeout: 'tcp_timeout_established',
      seconds: 7_440,
      makeup: { tcpStates: {}, idleEstablished: 500 },
    },
  ])('leaves entries alone whose $timeout is $seconds s already', (one) => {
    const { timeout, seconds, makeup } = one;
    expect(say(makeup, 0.8, { [timeout]: seconds })).toBe('pass');
    expect(say(makeup, 0.8, { [timeout]: seconds + 1 })).toBe('warning');
  });

  it('names the largest, its timeout, and what shorter ones would free', () => {
    const tcpStates = { ESTABLISHED: 300, TIME_WAIT: 140, CLOSE_WAIT: 480 };
    expect(evaluate({ tcpStates, idleEstablished: 69 })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'entries that only wait hold 69% of a table that is used to 80%, most of all CLOSE_WAIT: 48%, which is kept 3,600 s',
      measures: {
        entries: 80_000,
        max: 100_000,
        usage: 0.8,
        waitingShare: expect.closeTo(0.689) as number,
      },
      why: [
        'nf_conntrack_tcp_timeout_close_wait of 60 s in place of 3,600 would free about 47% of the table (estimate)',
        'nf_conntrack_tcp_timeout_time_wait of 30 s in place of 120 would free about 11% of the table (estimate)',
        'nf_conntrack_tcp_timeout_established of 7,440 s in place of 86,400 would free at most 7% of the table (estimate)',
      ].join('; '),
    });
  });

  it('names no state that holds nothing', () => {
    const verdict = evaluate({ tcpStates: {}, idleEstablished: 500 });
    expect(verdict).toMatchObject({
      summary: expect.stringContaining('most of all idle ESTABLISHED: 50%') as string,
      why: expect.not.stringContaining('close_wait') as string,
    });
  });

  it('passes where nothing waits', () => {
    expect(say({ tcpStates: { ESTABLISHED: 900 } })).toBe('pass');
  });

  it('is unknown, not passing, where the entries were not listed', () => {
    expect(rule.evaluate(aNodeWithout('makeup'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['makeup'],
    });
  });
});
