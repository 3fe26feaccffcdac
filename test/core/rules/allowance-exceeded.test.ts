import { describe, expect, it } from 'vitest';
import type { Allowance } from '../../../lib/core/node/allowance.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { allowanceExceeded as rule } from '../../../lib/core/rules/allowance-exceeded.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';
import { anAllowance } from '../../support/an-allowance.js';

const evaluate = (allowance: Partial<Allowance>, facts: NodeFacts = {}) =>
  rule.evaluate(aNode({ allowance: anAllowance(allowance), ...facts }), policy);

describe('allowance-exceeded', () => {
  it.each([
    { exceeded: 0, grown: 0, said: 'pass' },
    { exceeded: 1, grown: 0, said: 'warning' },
    { exceeded: 0, grown: 1, said: 'critical' },
    { exceeded: 5_400, grown: 120, said: 'critical' },
  ])('says $said of $exceeded since boot and $grown more now', ({ exceeded, grown, said }) => {
    const verdict = evaluate({ exceeded: { conntrack: exceeded }, grown: { conntrack: grown } });
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('passes a node that met other limits of EC2 only', () => {
    const exceeded = { bw_in: 9, bw_out: 9, pps: 9, linklocal: 9, conntrack: 0 };
    expect(evaluate({ exceeded, grown: { pps: 9 } })).toEqual({ verdict: 'pass' });
  });

  it('shows what it refuses now, how full the kernel is meanwhile, and who decides', () => {
    const allowance = { exceeded: { conntrack: 5_400 }, grown: { conntrack: 120 } };
    const facts = {
      table: { entries: 4_096, max: 131_072 },
      churn: { seconds: 2.01, entries: 0, counters: {} },
      vpcTracking: { tcpEstablishedSeconds: 432_000, configured: false },
    };
    expect(evaluate(allowance, facts)).toEqual({
      verdict: 'finding',
      severity: 'critical',
      summary:
        "EC2's connection tracking refused 120 packets within 2 s, after 5,400 since boot 10 days ago; the kernel's own table is used to 3%",
      measures: {
        entries: 4_096,
        max: 131_072,
        usage: 0.03125,
        packetsExceeded: 120,
        windowSeconds: 2.01,
      },
      why: 'EC2 tracks connections outside of the instance, up to a number that it sets for m5.large and does not publish, and keeps an idle TCP connection 432,000 s; nf_conntrack_max does not change it',
    });
  });

  it('says that counters are since boot, and what else was exceeded', () => {
    const exceeded = { conntrack: 1, pps: 1_234, bw_in: 0, bw_out: 5, linklocal: 7 };
    const { facts } = aNodeWithout('table', 'boot', 'shape');
    const quiet = { facts: { ...facts, allowance: anAllowance({ exceeded }) } };
    expect(rule.evaluate(quiet, policy)).toMatchObject({
      summary:
        "EC2's connection tracking refused 1 packet since boot, and none while the probe ran; also exceeded since boot: bw_out 5, pps 1,234",
      why: expect.stringContaining('for the instance type') as string,
    });
  });

  it('does not call it quiet where growth was not measured', () => {
    const allowance: Allowance = { interfaces: 1, exceeded: { conntrack: 2 } };
    expect(rule.evaluate(aNode({ allowance }), policy)).toMatchObject({
      severity: 'warning',
      summary: expect.stringContaining('2 packets since boot 10 days ago; the kernel') as string,
    });
  });

  const since = (exceeded: Allowance['exceeded']): NodeFacts => ({
    growth: { seconds: 21_600, counters: {}, exceeded },
  });

  it.each([
    { between: 0, now: 0, said: 'pass' },
    { between: 1, now: 0, said: 'critical' },
    { between: 0, now: 1, said: 'critical' },
    { between: undefined, now: 0, said: 'warning' },
  ])('says $said of $between since the last audit and $now more now', ({ between, now, said }) => {
    const allowance = { exceeded: { conntrack: 5_400 }, grown: { conntrack: now } };
    const verdict = evaluate(allowance, since(between === undefined ? {} : { conntrack: between }));
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it('shows what was refused between the audits, and what else was exceeded in that time', () => {
    const allowance = { exceeded: { conntrack: 5_400, pps: 9, bw_out: 7 } };
    const facts = since({ conntrack: 1_200, pps: 0, bw_out: 3, linklocal: 4 });
    expect(evaluate(allowance, facts)).toMatchObject({
      severity: 'critical',
      summary:
        "EC2's connection tracking refused 1,200 packets since the last audit 6 hours ago; the kernel's own table is used to 3%; also exceeded since then: bw_out 3",
    });
  });

  it('is unknown, not passing, where the driver tells no allowance', () => {
    expect(rule.evaluate(aNodeWithout('allowance'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['allowance'],
    });
  });
});
