import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { vpcIdleTimeout as rule } from '../../../lib/core/rules/vpc-idle-timeout.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';
import { anAllowance } from '../../support/an-allowance.js';

const pressed = anAllowance({ exceeded: { conntrack: 1 } });
const keeping = (tcpEstablishedSeconds: number, configured = false) => ({
  vpcTracking: { tcpEstablishedSeconds, configured },
});
const evaluate = (facts: NodeFacts) => rule.evaluate(aNode(facts), policy);

describe('vpc-idle-timeout', () => {
  it.each([
    { seconds: 350, said: 'pass' },
    { seconds: 86_400, said: 'pass' },
    { seconds: 86_401, said: 'warning' },
    { seconds: 432_000, said: 'warning' },
  ])('says $said of $seconds s where the allowance was exceeded', ({ seconds, said }) => {
    const verdict = evaluate({ ...keeping(seconds), allowance: pressed });
    expect(verdict.verdict === 'finding' ? verdict.severity : verdict.verdict).toBe(said);
  });

  it.each([
    { allowanceAvailable: 100, said: 'pass' },
    { allowanceAvailable: 99, said: 'finding' },
  ])('says $said where $allowanceAvailable are left beside 900', ({ allowanceAvailable, said }) => {
    const table = { entries: 900, max: 1_000 };
    const facts = { ...keeping(432_000), allowance: anAllowance(), allowanceAvailable, table };
    expect(evaluate(facts).verdict).toBe(said);
  });

  it('leaves a node alone whose allowance suffices', () => {
    expect(evaluate({ ...keeping(432_000), allowance: anAllowance() }).verdict).toBe('pass');
  });

  it('shows both timeouts, and where the long one comes from', () => {
    expect(evaluate({ ...keeping(432_000), allowance: pressed })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'EC2 keeps an idle TCP connection 432,000 s (the default of this instance type), and its allowance was exceeded since boot',
      measures: {
        entries: 4_096,
        max: 131_072,
        usage: 0.03125,
        idleTimeoutSeconds: 432_000,
        allowanceAvailable: 120_000,
        packetsExceeded: 1,
      },
      why: 'a connection that ends without FIN or RST counts until then; the kernel forgets the same connection after 86,400 s',
    });
    expect(evaluate({ ...keeping(100_000, true), allowance: pressed })).toMatchObject({
      summary: expect.stringContaining('100,000 s (as set on a network interface)') as string,
    });
  });

  it('does not compare with a kernel that keeps it as long, or is not known', () => {
    const why = 'a connection that ends without FIN or RST counts until then';
    const long = { timeouts: { tcp_timeout_established: 432_000 } };
    expect(evaluate({ ...keeping(432_000), allowance: pressed, ...long })).toMatchObject({ why });
    expect(evaluate({ ...keeping(432_000), allowance: pressed, timeouts: {} })).toMatchObject({
      why,
    });
  });

  it('is unknown, not passing, where the timeout or the allowance is not known', () => {
    const { facts } = aNodeWithout('vpcTracking', 'allowance');
    expect(rule.evaluate({ facts: { ...facts, allowance: pressed } }, policy)).toEqual({
      verdict: 'unknown',
      missing: ['vpcTracking'],
    });
    expect(rule.evaluate({ facts: { ...facts, ...keeping(432_000) } }, policy)).toEqual({
      verdict: 'unknown',
      missing: ['allowance'],
    });
  });
});
