import { describe, expect, it } from 'vitest';
import {
  clientDnsShare,
  coreDnsShare,
  dnsShare,
  runsCoreDns,
  udpDnsShare,
} from '../../../lib/core/measure/dns-share.js';
import { aMakeup } from '../../support/a-makeup.js';

/** 1,000 entries, 300 of them lookups; of these pods hold so many. */
function held(...pods: readonly [owner: string, entries: number][]) {
  const holders = pods.map(([owner, entries], at) => ({ address: `10.0.0.${at}`, entries, owner }));
  return { makeup: aMakeup({ dns: { udp: 260, tcp: 40, unreplied: 0 }, holders }) };
}

const coreDns = 'kube-system/coredns-5d78c9869d-abcde';

describe('the share of DNS', () => {
  it('counts lookups over UDP and TCP, and those over UDP alone', () => {
    expect(dnsShare(held())).toEqual({ share: 0.3, margin: 0 });
    expect(udpDnsShare(held())).toEqual({ share: 0.26, margin: 0 });
  });

  it('is not known where the entries were not listed', () => {
    expect([dnsShare({}), udpDnsShare({}), coreDnsShare({}), clientDnsShare({})]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    { pods: [['default/web-0', 500]], coreDns: 0, clients: 0.3 },
    { pods: [[coreDns, 100]], coreDns: 0.1, clients: 0.2 },
    {
      pods: [
        [coreDns, 100],
        [coreDns, 50],
      ],
      coreDns: 0.15,
      clients: 0.15,
    },
    { pods: [[coreDns, 299]], coreDns: 0.299, clients: 0.001 },
    { pods: [[coreDns, 900]], coreDns: 0.3, clients: 0 },
    { pods: [['kube-system/corednsish', 100]], coreDns: 0, clients: 0.3 },
    { pods: [['shop/coredns-0', 100]], coreDns: 0, clients: 0.3 },
  ] as const)('is $clients of clients where the holders are $pods', ({ pods, ...wanted }) => {
    const facts = held(...pods.map(([owner, entries]) => [owner, entries] as [string, number]));
    expect(coreDnsShare(facts)?.share).toBeCloseTo(wanted.coreDns);
    expect(clientDnsShare(facts)?.share).toBeCloseTo(wanted.clients);
    expect(runsCoreDns(facts.makeup)).toBe(wanted.coreDns > 0);
  });
});
