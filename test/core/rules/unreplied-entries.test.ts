import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { unrepliedEntries as rule } from '../../../lib/core/rules/unreplied-entries.js';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

function evaluate(makeup: Partial<Makeup>, usage = 0.8, timeouts: Record<string, number> = {}) {
  const table = { entries: usage * 100_000, max: 100_000 };
  return rule.evaluate(aNode({ table, makeup: aMakeup(makeup), timeouts }), policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

const noDns = { udp: 0, tcp: 0, unreplied: 0 };

describe('unreplied-entries', () => {
  it.each([
    { usage: 0.49, unreplied: 1_000, said: 'pass' },
    { usage: 0.5, unreplied: 299, said: 'pass' },
    { usage: 0.5, unreplied: 300, said: 'notice' },
    { usage: 0.74, unreplied: 300, said: 'notice' },
    { usage: 0.75, unreplied: 300, said: 'warning' },
    { usage: 0.75, unreplied: 299, said: 'pass' },
  ])('says $said of $unreplied unanswered in 1,000 at a usage of $usage', (one) => {
    const { usage, unreplied, said } = one;
    expect(say({ unreplied, dns: noDns }, usage)).toBe(said);
  });

  it('does not count lookups that wait for their answer', () => {
    const dns = { udp: 900, tcp: 0, unreplied: 101 };
    expect(say({ unreplied: 400, dns })).toBe('pass');
    expect(say({ unreplied: 401, dns })).toBe('warning');
    expect(say({ unreplied: 50, dns })).toBe('pass');
  });

  it('judges a sample by the lower end of its share', () => {
    expect(say({ unreplied: 328, dns: noDns, whole: false })).toBe('pass');
    expect(say({ unreplied: 329, dns: noDns, whole: false })).toBe('warning');
  });

  it('names state, port and pod, and how long the kernel waits', () => {
    const makeup = {
      unreplied: 790,
      dns: noDns,
      unanswered: {
        entries: 780,
        states: { udp: 2, SYN_SENT: 770, ESTABLISHED: 8, SYN_RECV: 0 },
        port: { port: 'tcp/6379', entries: 775 },
        holder: { address: '10.0.1.23', entries: 760, owner: 'shop/web-1' },
      },
    };
    expect(evaluate(makeup, 0.92, { tcp_timeout_syn_sent: 120 })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'flows without an answer hold 78% of a table that is used to 92%: 780 of 1,000 listed entries, 770 of them SYN_SENT and 8 ESTABLISHED; most to tcp/6379 (775), most by shop/web-1 (760)',
      measures: { entries: 92_000, max: 100_000, usage: 0.92, unrepliedShare: 0.78 },
      why: 'somebody calls what does not answer: a scan, a target that is gone, or a firewall that drops; the kernel keeps a SYN without an answer 120 s',
    });
  });

  it('counts what nobody answered where an older probe tells no more', () => {
    const tcpStates = { SYN_SENT: 400 };
    const verdict = evaluate({ unreplied: 500, dns: noDns, tcpStates, holders: [] });
    expect(verdict).toMatchObject({
      summary: expect.stringContaining(
        '500 of 1,000 listed entries, 400 of them SYN_SENT; to which port and by whom was not read',
      ) as string,
      why: expect.not.stringContaining('the kernel keeps') as string,
    });
  });

  it.each(['table', 'makeup'] as const)('has no opinion without %s', (name) => {
    expect(rule.evaluate(aNodeWithout(name), policy)).toEqual({
      verdict: 'unknown',
      missing: [name],
    });
  });
});
