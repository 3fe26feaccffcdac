import { describe, expect, it } from 'vitest';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { nodeLocalDnsIdle as rule } from '../../../lib/core/rules/node-local-dns-idle.js';
import type { NodeLocalDns } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const dns = (udp: number, tcp = 0) => ({ udp, tcp, unreplied: 0 });

function evaluate(nodeLocalDns: Partial<NodeLocalDns>, makeup: Partial<Makeup> = {}) {
  const told = aMakeup({ listed: 2_000, dns: dns(240), ...makeup });
  const facts = { nodeLocalDns: { interface: true, ...nodeLocalDns }, makeup: told };
  return rule.evaluate(aNode({ ...facts, table: { entries: 2_000, max: 131_072 } }), policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

const coreDns = (entries: number) => ({
  address: '10.0.1.9',
  entries,
  owner: 'kube-system/coredns-5d78c9869d-abcde',
});

describe('node-local-dns-idle', () => {
  it.each([
    { rules: 8, udp: 99, said: 'pass' },
    { rules: 8, udp: 100, said: 'warning' },
    { rules: 1, udp: 100, said: 'warning' },
    { rules: 0, udp: 0, said: 'warning' },
  ])('says $said of $rules rules and $udp lookups in 2,000 entries', ({ rules, udp, said }) => {
    expect(say({ rules }, { dns: dns(udp) })).toBe(said);
  });

  it('takes 5 % of the entries, however many, and 100 of them, whatever their share', () => {
    expect(say({ rules: 8 }, { listed: 4_000, dns: dns(199) })).toBe('pass');
    expect(say({ rules: 8 }, { listed: 4_000, dns: dns(200) })).toBe('warning');
    expect(say({ rules: 8 }, { listed: 200, dns: dns(99) })).toBe('pass');
    expect(say({ rules: 8 }, { listed: 200, dns: dns(100) })).toBe('warning');
  });

  it('judges a sample by the lower end of its share', () => {
    const say20k = (udp: number) => {
      const makeup = aMakeup({ listed: 20_000, whole: false, dns: dns(udp) });
      const table = { entries: 100_000, max: 131_072 };
      const facts = { nodeLocalDns: { interface: true, rules: 8 }, makeup, table };
      return rule.evaluate(aNode(facts), policy).verdict;
    };
    expect(say20k(1_054)).toBe('pass');
    expect(say20k(1_056)).toBe('finding');
  });

  it('passes a node where the cache is not installed', () => {
    expect(say({ interface: false, rules: 0 })).toBe('pass');
  });

  it('passes lookups over TCP: so the cache itself asks CoreDNS', () => {
    expect(say({ rules: 8 }, { dns: dns(0, 900) })).toBe('pass');
  });

  it('does not count what CoreDNS may hold on this node', () => {
    expect(say({ rules: 8 }, { holders: [coreDns(141)] })).toBe('pass');
    expect(evaluate({ rules: 8 }, { holders: [coreDns(140)] })).toMatchObject({
      severity: 'warning',
      summary: expect.stringContaining('holds 5% of the table') as string,
      why: expect.stringMatching(
        /; what CoreDNS may hold on this node is not counted here$/,
      ) as string,
    });
  });

  it('shows what is missing where there are no rules', () => {
    expect(evaluate({ rules: 0, packets: 0 })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'NodeLocal DNSCache is installed, and none of its rules keeps lookups out of the table: DNS over UDP holds 12% of it',
      measures: { udpDnsShare: 0.12, notrackRules: 0 },
      why: 'the cache sets its rules up as long as it runs: it may have ended without taking its interface away, run with -setupiptables=false, or something flushed the raw table',
    });
  });

  it('claims no share where no entry was listed', () => {
    expect(evaluate({ rules: 0 }, { listed: 0, dns: dns(0) })).toMatchObject({
      summary:
        'NodeLocal DNSCache is installed, and none of its rules keeps lookups out of the table',
    });
    expect(say({ rules: 8 }, { listed: 0, dns: dns(0) })).toBe('pass');
  });

  it('shows what stays where there are rules', () => {
    expect(evaluate({ rules: 8, packets: 3_456 })).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'NodeLocal DNSCache is installed with 8 rules that keep lookups out of the table, yet DNS over UDP holds 12% of the table',
      measures: { udpDnsShare: 0.12, notrackRules: 8 },
      why: "pods may ask another nameserver: with kube-proxy in ipvs mode only kubelet's clusterDNS leads them to the cache. What the cache itself and programs on the host's network ask stays in the table as well",
    });
  });

  it.each([
    {
      told: { rules: 8, packets: 0 },
      said: '8 rules that keep lookups out of the table, which no',
    },
    { told: { rules: 1, packets: 1 }, said: '1 rule that keeps lookups out of the table, yet' },
    { told: {}, said: 'is installed (its rules could not be read), yet' },
  ])('says what is known of the rules: $said', ({ told, said }) => {
    expect(evaluate(told)).toMatchObject({ summary: expect.stringContaining(said) as string });
  });

  it.each(['nodeLocalDns', 'makeup'] as const)('is unknown, not passing, without %s', (missing) => {
    const facts = { nodeLocalDns: { interface: true, rules: 0 }, makeup: aMakeup() };
    const there = Object.entries(facts).filter(([name]) => name !== missing);
    const node = { facts: { ...aNodeWithout(missing).facts, ...Object.fromEntries(there) } };
    expect(rule.evaluate(node, policy)).toEqual({ verdict: 'unknown', missing: [missing] });
  });
});
