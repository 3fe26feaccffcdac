import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { linkLocalExceeded as rule } from '../../../lib/core/rules/link-local-exceeded.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';
import { anAllowance } from '../../support/an-allowance.js';

const { facts: plain } = aNodeWithout('churn', 'makeup', 'nodeLocalDns');

const evaluate = (exceeded: number, grown: number, facts: NodeFacts = {}) => {
  const allowance = anAllowance({ exceeded: { linklocal: exceeded }, grown: { linklocal: grown } });
  return rule.evaluate({ facts: { ...plain, allowance, ...facts } }, policy);
};

const coreDns = { address: '10.0.1.9', entries: 50, owner: 'kube-system/coredns-5d78c9869d-abcde' };

describe('link-local-exceeded', () => {
  it.each([
    { exceeded: 0, grown: 0, said: 'pass' },
    { exceeded: 1, grown: 0, said: 'notice' },
    { exceeded: 0, grown: 1, said: 'warning' },
    { exceeded: 1, grown: 1, said: 'warning' },
  ])('says $said of $exceeded since boot and $grown more now', ({ exceeded, grown, said }) => {
    const verdict = evaluate(exceeded, grown);
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('passes a node that met other limits of EC2 only', () => {
    const allowance = anAllowance({ exceeded: { conntrack: 9 }, grown: { conntrack: 9 } });
    expect(rule.evaluate(aNode({ allowance }), policy)).toEqual({ verdict: 'pass' });
  });

  it('shows what was dropped, and says who asks', () => {
    const facts = {
      churn: { seconds: 2, entries: 0, counters: {} },
      makeup: aMakeup({ holders: [...aMakeup().holders, coreDns] }),
      nodeLocalDns: { interface: false },
    };
    expect(evaluate(9_000, 310, facts)).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'EC2 dropped packets to the resolver of the VPC, the instance metadata or the time service: 310 within 2 s, after 9,000 since boot 10 days ago',
      measures: { packetsExceeded: 310, windowSeconds: 2 },
      why: 'one network interface may send them 1,024 packets a second, on any size; kube-system/coredns-5d78c9869d-abcde is on this node and asks for every pod that it answers',
    });
  });

  it('says that what it saw was since boot where nothing grew', () => {
    expect(evaluate(1, 0)).toMatchObject({
      summary: expect.stringContaining(
        'time service: 1 since boot 10 days ago, and none while the probe ran',
      ) as string,
      why: 'one network interface may send them 1,024 packets a second, on any size',
    });
  });

  it.each([
    { installed: true, said: 'NodeLocal DNSCache is on this node and asks for its pods' },
    { installed: false, said: 'NodeLocal DNSCache is not on this node' },
  ])('says where CoreDNS is elsewhere: $said', ({ installed, said }) => {
    const facts = { makeup: aMakeup(), nodeLocalDns: { interface: installed } };
    expect(evaluate(1, 0, facts)).toMatchObject({ why: expect.stringContaining(said) as string });
  });

  const since = (linklocal: number): NodeFacts => ({
    growth: { seconds: 21_600, counters: {}, exceeded: { linklocal } },
  });

  it.each([
    { between: 0, now: 0, said: 'pass' },
    { between: 1, now: 0, said: 'warning' },
    { between: 0, now: 1, said: 'warning' },
  ])('says $said of $between since the last audit and $now more now', ({ between, now, said }) => {
    const verdict = evaluate(9_000, now, since(between));
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was dropped between the audits, and since', () => {
    const churn = { seconds: 2, entries: 0, counters: {} };
    expect(evaluate(9_000, 310, { churn, ...since(4_000) })).toMatchObject({
      summary: expect.stringContaining(
        'time service: 4,000 since the last audit 6 hours ago and 310 more within 2 s',
      ) as string,
    });
  });

  it('is unknown, not passing, where the driver tells no allowance', () => {
    expect(rule.evaluate(aNodeWithout('allowance'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['allowance'],
    });
  });
});
