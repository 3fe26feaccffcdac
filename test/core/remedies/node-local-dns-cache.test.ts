import { describe, expect, it } from 'vitest';
import { nodeLocalDnsCache } from '../../../lib/core/remedies/node-local-dns-cache.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNodeUsing } from '../../support/a-node.js';

const { facts } = aNodeUsing(100_000, 131_072);
const full = 100_000 / 131_072;
const coreDns = (entries: number) => ({
  address: '10.0.1.9',
  entries,
  owner: 'kube-system/coredns-5d78c9869d-abcde',
});

function assess(different: NodeFacts, rule = 'table-pressure') {
  return nodeLocalDnsCache.assess(aCase({ facts: { ...facts, ...different } }, { rule }));
}

/** 20,000 listed entries, 12,000 of them lookups over UDP and 1,000 over TCP. */
const beside = (udp: number) => aMakeup({ listed: 20_000, dns: { udp, tcp: 0, unreplied: 0 } });
const resolving = aMakeup({ listed: 20_000, dns: { udp: 11_000, tcp: 1_000, unreplied: 0 } });

describe('node-local-dns-cache', () => {
  it('predicts no usage where the share of DNS was not read, and says how to read it', () => {
    const said = assess({});
    expect(said).toMatchObject({ helps: null, predicted: { limit: 131_072 } });
    expect(said?.predicted).not.toHaveProperty('usage');
    expect(said?.steps[0]).toContain('conntrack -L -p udp --orig-port-dst 53');
  });

  it('promises no limit where there is no table', () => {
    expect(nodeLocalDnsCache.assess(aCase({ facts: {} }))?.predicted).toEqual({});
    const nodeLocalDns = { interface: true };
    expect(nodeLocalDnsCache.assess(aCase({ facts: { nodeLocalDns } }))?.predicted).toEqual({});
  });

  it('predicts usage without the lookups, over UDP and TCP, where their share was read', () => {
    const said = assess({ makeup: resolving });
    expect(said).toMatchObject({
      helps: true,
      reason: 'DNS holds 60% of the table, and leaves it',
    });
    expect(said?.predicted.usage).toBeCloseTo(full * 0.4);
    expect(said?.predicted).not.toHaveProperty('usageMargin');
    expect(said?.steps[0]).toContain('install: ');
  });

  it('says how sure it is of a sample', () => {
    const { predicted } = assess({ makeup: { ...resolving, whole: false } }) ?? {};
    // 1.96 x sqrt(0.6 x 0.4 / 20,000 x (1 - 20,000 / 100,000))
    expect(predicted?.usageMargin).toBeCloseTo(full * 0.006073, 5);
  });

  it('counts what CoreDNS on this node holds as staying, and says so', () => {
    const said = assess({ makeup: { ...resolving, holders: [coreDns(3_000)] } });
    expect(said).toMatchObject({
      helps: true,
      reason:
        'DNS holds 60% of the table, and leaves it but for the 15% that CoreDNS on this node holds at most: other nodes ask it',
    });
    expect(said?.predicted.usage).toBeCloseTo(full * 0.55);
  });

  it.each([
    { held: 11_999, helps: true },
    { held: 12_000, helps: null },
    { held: 19_000, helps: null },
  ])('promises nothing where CoreDNS holds every lookup: $held', ({ held, helps }) => {
    expect(assess({ makeup: { ...resolving, holders: [coreDns(held)] } })?.helps).toBe(helps);
  });

  it('does not help where nothing is looked up', () => {
    const makeup = aMakeup({ dns: { udp: 0, tcp: 0, unreplied: 0 } });
    expect(assess({ makeup })).toMatchObject({
      helps: false,
      reason: 'no lookup was seen among the entries, so that none would leave',
      steps: [],
    });
  });

  it('does not help where it is in use already', () => {
    const nodeLocalDns = { interface: true, rules: 8, packets: 1 };
    expect(assess({ nodeLocalDns, makeup: beside(999) })).toEqual({
      helps: false,
      reason:
        'it is installed on this node and keeps lookups out of the table already; the 5% of the table that DNS still holds belongs to clients that do not ask it, to CoreDNS, or to the cache itself',
      predicted: { limit: 131_072, usage: full },
      steps: [],
    });
    expect(assess({ nodeLocalDns }, 'link-local-exceeded')?.helps).toBe(false);
    expect(assess({ nodeLocalDns: { interface: true, rules: 8 } })?.reason).toBe(
      'it is installed on this node and keeps lookups out of the table already',
    );
  });

  it.each([
    { udp: 999, helps: false },
    { udp: 1_000, helps: true },
  ])('is in use where it leaves less than 5 % to lookups: $udp of 20,000', ({ udp, helps }) => {
    const nodeLocalDns = { interface: true, rules: 8, packets: 1 };
    expect(assess({ nodeLocalDns, makeup: beside(udp) })?.helps).toBe(helps);
    // What CoreDNS holds is not beside the cache.
    const holders = [coreDns(1)];
    expect(assess({ nodeLocalDns, makeup: { ...beside(udp), holders } })?.helps).toBe(false);
  });

  it('is in use where a sample does not say for certain that lookups stay', () => {
    const nodeLocalDns = { interface: true, rules: 8, packets: 1 };
    const makeup = { ...beside(1_010), whole: false };
    expect(assess({ nodeLocalDns, makeup })?.helps).toBe(false);
  });

  it.each([
    { nodeLocalDns: { interface: true, rules: 0 }, why: 'has no rule that keeps' },
    { nodeLocalDns: { interface: true, rules: 8, packets: 0 }, why: 'no lookup has met its rules' },
  ])('is to be finished where it is idle: $why', ({ nodeLocalDns, why }) => {
    const said = assess({ nodeLocalDns, makeup: resolving });
    expect(said?.helps).toBe(true);
    expect(said?.reason).toContain(why);
    expect(said?.reason).toContain(
      '; DNS holds 60% of the table, and leaves it once it is finished',
    );
    expect(said?.predicted.usage).toBeCloseTo(full * 0.4);
    expect(said?.steps[0]).toContain('finish: ');
  });

  it('is to be finished wherever a rule finds it idle, even where its effect was not read', () => {
    const nodeLocalDns = { interface: true, rules: 8, packets: 9 };
    const said = assess({ nodeLocalDns }, 'node-local-dns-idle');
    expect(said).toMatchObject({ helps: true, predicted: { limit: 131_072 } });
    expect(said?.reason).toContain('not all of them meet its rules');
    expect(said?.steps).toEqual(
      expect.arrayContaining([expect.stringContaining('finish: ') as string]),
    );
    const makeup = aMakeup({ dns: { udp: 0, tcp: 0, unreplied: 0 } });
    expect(assess({ nodeLocalDns, makeup }, 'node-local-dns-idle')?.helps).toBe(true);
  });

  it('says how to look where its rules could not be read', () => {
    const said = assess({ nodeLocalDns: { interface: true }, makeup: resolving });
    expect(said?.helps).toBeNull();
    expect(said?.steps[0]).toContain('iptables-save -t raw -c');
  });

  it('is to be installed where the node has no interface of it', () => {
    const nodeLocalDns = { interface: false, rules: 0, packets: 0 };
    const said = assess({ nodeLocalDns, makeup: resolving });
    expect(said?.reason).toBe('DNS holds 60% of the table, and leaves it');
    expect(said?.steps[0]).toContain('install: ');
  });

  it('helps lookups that race, whether or not their number was read', () => {
    const lead = 'with it lookups of pods are not tracked, and none race for an entry; ';
    expect(assess({}, 'insert-races')?.helps).toBe(true);
    expect(assess({ makeup: resolving }, 'insert-races')).toMatchObject({
      helps: true,
      reason: `${lead}DNS holds 60% of the table, and leaves it`,
    });
    const idle = { interface: true, rules: 0 };
    expect(assess({ nodeLocalDns: idle, makeup: resolving }, 'insert-races')?.reason).toBe(
      'it is installed here, and has no rule that keeps lookups out of the table; once it is finished lookups of pods are not tracked, and none race for an entry; DNS holds 60% of the table, and leaves it once it is finished',
    );
    const none = aMakeup({ dns: { udp: 0, tcp: 0, unreplied: 0 } });
    expect(assess({ makeup: none }, 'insert-races')?.helps).toBe(false);
  });

  it('relieves a node of CoreDNS of packets to the resolver, and promises no usage', () => {
    const makeup = { ...resolving, holders: [coreDns(10)] };
    expect(assess({ makeup }, 'link-local-exceeded')).toMatchObject({ helps: true, predicted: {} });
    expect(assess({ makeup: resolving }, 'link-local-exceeded')?.helps).toBeNull();
    expect(assess({}, 'link-local-exceeded')?.helps).toBeNull();
  });
});
