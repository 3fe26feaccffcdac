import { remedies } from '../remedies/index.js';
import type { Artefact, ArtefactContext, Needs } from './artefact.js';
import { dnsConfigPatch, trailingDotNote } from './dns-config.js';
import { kubeProxyConfigMap, kubeProxyConfigScript } from './kube-proxy-config.js';
import { nodeLocalDns } from './node-local-dns.js';
import { spreadPatch } from './spread.js';
import { sysctlDaemonSet } from './sysctl-daemon-set.js';
import { growHashScript, karpenterNodeClass, userData } from './user-data.js';

/** How one remedy becomes files. */
interface Maker {
  /** What cannot be left out of the context. */
  readonly needs: Needs;
  /** In the order in which an operator should consider them. */
  make(context: ArtefactContext): Artefact[];
}

const timeouts = {
  nf_conntrack_tcp_timeout_time_wait: 30,
  nf_conntrack_tcp_timeout_close_wait: 60,
};

const makers: Readonly<Record<string, Maker>> = {
  'raise-limit': {
    needs: ['limit'],
    make: ({ limit, os, cluster, proxyMode }) => {
      const sysctls = { nf_conntrack_max: limit };
      return [
        kubeProxyConfigScript('raise-limit.sh', { min: limit }),
        kubeProxyConfigMap(limit, proxyMode),
        kubeProxyConfigScript('leave-limit-alone.sh', { maxPerCore: 0 }),
        userData(sysctls, os),
        karpenterNodeClass(sysctls, os, cluster),
        sysctlDaemonSet(limit),
      ];
    },
  },
  'grow-hash': { needs: ['limit'], make: ({ limit }) => [growHashScript(limit)] },
  'node-local-dns-cache': { needs: ['dnsAddress'], make: (context) => [nodeLocalDns(context)] },
  'lower-ndots': {
    needs: [],
    make: () => [
      dnsConfigPatch({ name: 'ndots', value: '2' }, [
        'External names with two dots or more are then looked up once; web.shop is still found, and musl (Alpine) no longer finds web.shop.svc.',
      ]),
    ],
  },
  'trailing-dot': { needs: [], make: () => [trailingDotNote] },
  'sequential-dns-lookups': {
    needs: [],
    make: () => [
      dnsConfigPatch({ name: 'single-request-reopen' }, [
        'It cures lookups that race for one entry, and gives A and AAAA one each. glibc only: musl (Alpine) ignores it.',
      ]),
    ],
  },
  'dns-over-tcp': {
    needs: [],
    make: () => [
      dnsConfigPatch({ name: 'use-vc' }, [
        'It cures lookups that race for one entry, and fills the table: a lookup then holds its entry 120 s in place of 30 s. NodeLocal DNSCache cures the same without that.',
        'glibc only: musl (Alpine) ignores it.',
      ]),
    ],
  },
  'shorten-timeouts': {
    needs: [],
    make: ({ os, cluster }) => [
      kubeProxyConfigScript('shorten-timeouts.sh', { tcpCloseWaitTimeout: '60s' }),
      userData(timeouts, os),
      karpenterNodeClass(timeouts, os, cluster),
    ],
  },
  'spread-workload': { needs: [], make: () => [spreadPatch] },
};

/** Ids of the remedies that can be printed as files. */
export const renderable: readonly string[] = remedies
  .map(({ id }) => id)
  .filter((id) => id in makers);

/** What of the context this remedy cannot do without. */
export function needsOf(remedy: string): Needs {
  return makers[remedy]?.needs ?? [];
}

/** The files of one remedy; none for a remedy whose steps say it all. */
export function artefactsFor(remedy: string, context: ArtefactContext): Artefact[] {
  return makers[remedy]?.make(context) ?? [];
}
