import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import type { ArtefactContext } from '../../../lib/core/artefacts/artefact.js';
import { nodeLocalDns } from '../../../lib/core/artefacts/node-local-dns.js';
import { aContext } from '../../support/a-context.js';

/** The DNS service of a cluster of each family; the second is of a public case. */
const services = { IPv4: '172.20.0.10', IPv6: 'fd00:7072:6f64::a' } as const;
const { proxyMode: _usual, ...unknownMode } = aContext;
const modes: Readonly<Record<string, ArtefactContext>> = {
  iptables: aContext,
  ipvs: { ...aContext, proxyMode: 'ipvs' },
  nftables: { ...aContext, proxyMode: 'nftables' },
  unknown: unknownMode,
};
const textOf = (mode: string, family: keyof typeof services) =>
  artefactText(nodeLocalDns({ ...(modes[mode] ?? aContext), dnsAddress: services[family] }));

const every = Object.keys(modes).flatMap((mode) =>
  (['IPv4', 'IPv6'] as const).map((family) => ({ mode, family })),
);

/** Every address that the cache is told to use. */
function addressesIn(text: string): string[] {
  const [, localip = ''] = /- -localip\n +- (.+)\n/.exec(text) ?? [];
  const bound = [...text.matchAll(/ bind (.+)$/gm)].flatMap(([, list = '']) => list.split(' '));
  const [, health = ''] = /health (.+):8080/.exec(text) ?? [];
  const [, host = ''] = / host: "?([^"\n]+)"?\n/.exec(text) ?? [];
  return [...localip.split(','), ...bound, health.replace(/^\[(.+)\]$/, '$1'), host];
}

describe('NodeLocal DNSCache', () => {
  it.each(every)('has addresses of one family: $mode, $family', ({ mode, family }) => {
    const addresses = addressesIn(textOf(mode, family));
    expect(addresses.length).toBeGreaterThanOrEqual(7);
    for (const address of addresses) {
      expect(family === 'IPv4' ? isIPv4(address) : isIPv6(address)).toBe(true);
    }
  });

  it('binds the address of kube-dns with iptables, and its own alone in any other mode', () => {
    for (const family of ['IPv4', 'IPv6'] as const) {
      expect(addressesIn(textOf('iptables', family))).toContain(services[family]);
      for (const mode of ['ipvs', 'nftables', 'unknown']) {
        expect(addressesIn(textOf(mode, family))).not.toContain(services[family]);
        expect(textOf(mode, family)).toContain('clusterDNS: [');
      }
    }
  });

  it('has an IPv6 address in brackets before a port, and in none where CoreDNS and kubelet take it alone', () => {
    const text = textOf('iptables', 'IPv6');
    expect(text).toContain('health [fd00:a9fe:140a::10]:8080\n');
    expect(text).toContain('bind fd00:a9fe:140a::10 fd00:7072:6f64::a\n');
    expect(text).toContain('- fd00:a9fe:140a::10,fd00:7072:6f64::a\n');
    expect(text).toContain('host: fd00:a9fe:140a::10\n');
    expect(text).not.toContain('169.254');
    expect(textOf('iptables', 'IPv4')).toContain('health 169.254.20.10:8080\n');
  });

  it('says that it is not proven with nftables, and there alone', () => {
    expect(textOf('nftables', 'IPv4')).toContain('Not proven in nftables mode');
    expect(textOf('iptables', 'IPv4')).not.toContain('nftables');
    expect(textOf('unknown', 'IPv4')).toContain('mode is not known');
  });

  it('runs an image without known critical vulnerabilities, on Linux, and not where EKS runs the node', () => {
    const text = textOf('iptables', 'IPv4');
    expect(text).toContain('k8s-dns-node-cache:1.27.1\n');
    expect(text).toContain('kubernetes.io/os: linux\n');
    expect(text).toMatch(/compute-type\n +operator: NotIn\n +values:\n +- auto\n +- fargate\n/);
    expect(text).toContain('prometheus.io/scrape: "true"\n');
    expect(text).toContain('kubernetes.io/cluster-service: "true"\n');
  });
});
