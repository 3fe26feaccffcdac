import { describe, expect, it } from 'vitest';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { shortenUdpTimeout } from '../../../lib/core/remedies/shorten-udp-timeout.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const dns = { udp: 600, tcp: 0, unreplied: 0 };

/** 1,000 of 2,000 entries, 600 of them lookups. */
function resolving(makeup: Partial<Makeup> = {}, udp_timeout = 30, facts: NodeFacts = {}) {
  const table = { entries: 1_000, max: 2_000 };
  const listed = aMakeup({ dns, ...makeup });
  return aCase(aNode({ table, makeup: listed, timeouts: { udp_timeout }, ...facts }));
}

describe('shorten-udp-timeout', () => {
  it('frees what has waited for 10 s', () => {
    const said = shortenUdpTimeout.assess(resolving({ ages: { UDP: [220, 0, 380] } }));
    expect(said).toMatchObject({
      helps: true,
      reason: expect.stringContaining('10 s would free 38% of the entries; its price') as string,
    });
    expect(said?.predicted).toEqual({ limit: 2_000, usage: 0.31 });
  });

  it('frees two thirds of the lookups at most, where ages are not known', () => {
    const said = shortenUdpTimeout.assess(resolving());
    expect(said?.reason).toContain('10 s would free at most 40% of the entries');
    expect(said?.predicted).toMatchObject({ limit: 2_000, bound: 'at least' });
    expect(said?.predicted.usage).toBeCloseTo(0.3);
  });

  it('is one line of the ConfigMap', () => {
    const { steps } = shortenUdpTimeout.assess(resolving()) ?? {};
    expect(steps).toEqual([
      'now, on the node: sysctl -w net.netfilter.nf_conntrack_udp_timeout=10',
      'for good: conntrack.udpTimeout: 10s in the ConfigMap kube-proxy-config, then kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)',
      'undo: sysctl -w net.netfilter.nf_conntrack_udp_timeout=30, and take the durable edit back',
      'proof: an audit after 30 s or more reads fewer entries; those that are there wait out the timeout that they began with',
    ]);
  });

  it.each([
    { version: '1.29.0', configMap: true },
    { version: '1.28.15', configMap: false },
    { version: 'none', configMap: false },
  ])('is user data where kube-proxy $version does not know it', ({ version, configMap }) => {
    const kubeProxy = { version, source: 'add-on' } as const;
    const { steps = [] } = shortenUdpTimeout.assess(resolving({}, 30, { kubeProxy })) ?? {};
    expect(steps.join('\n').includes('conntrack.udpTimeout')).toBe(configMap);
    expect(steps.join('\n').includes('user data')).toBe(!configMap);
  });

  it.each([
    { udp_timeout: 10, helps: false },
    { udp_timeout: 11, helps: true },
  ])('does not help where it is short already: $udp_timeout s', ({ udp_timeout, helps }) => {
    expect(shortenUdpTimeout.assess(resolving({}, udp_timeout))?.helps).toBe(helps);
  });

  it.each([
    { older: 9, helps: false },
    { older: 10, helps: true },
  ])('is worth it from 1 % of the table on: $older entries of 1,000', ({ older, helps }) => {
    const said = shortenUdpTimeout.assess(resolving({ ages: { UDP: [500, 0, older] } }));
    expect(said?.helps).toBe(helps);
  });

  it('predicts nothing where lookups or the timeout were not read', () => {
    const unread = { helps: null, predicted: {} };
    expect(shortenUdpTimeout.assess(aCase(aNodeWithout('makeup')))).toMatchObject(unread);
    expect(shortenUdpTimeout.assess(aCase(aNodeWithout('timeouts')))).toMatchObject(unread);
    expect(shortenUdpTimeout.assess(aCase(aNodeWithout('table')))).toMatchObject(unread);
  });
});
