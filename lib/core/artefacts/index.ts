import { shorterTimeout } from '../measure/waiting-entries.js';
import { remedies } from '../remedies/index.js';
import type { FileNeed } from '../judge/remedy.js';
import type { Artefact, ArtefactContext } from './artefact.js';
import { dnsConfigPatch, trailingDotNote } from './dns-config.js';
import { kubeProxyConfigMap, kubeProxyConfigScript } from './kube-proxy-config.js';
import { nodeLocalDns } from './node-local-dns.js';
import { spreadPatch } from './spread.js';
import { sysctlDaemonSet } from './sysctl-daemon-set.js';
import { growHashScript, karpenterNodeClass, userData } from './user-data.js';

/** How one remedy becomes files. */
interface Maker {
  /** In the order in which an operator should consider them. */
  make(context: ArtefactContext): Artefact[];
}

const closeWait = shorterTimeout('tcp_timeout_close_wait');
const timeouts = {
  nf_conntrack_tcp_timeout_time_wait: shorterTimeout('tcp_timeout_time_wait'),
  nf_conntrack_tcp_timeout_close_wait: closeWait,
};

const makers: Readonly<Record<string, Maker>> = {
  'raise-limit': {
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
  'grow-hash': { make: ({ limit }) => [growHashScript(limit)] },
  'node-local-dns-cache': { make: (context) => [nodeLocalDns(context)] },
  'lower-ndots': {
    make: () => [
      dnsConfigPatch({ name: 'ndots', value: '2' }, [
        'External names with two dots or more are then looked up once; web.shop is still found, and musl (Alpine) no longer finds web.shop.svc.',
      ]),
    ],
  },
  'trailing-dot': { make: () => [trailingDotNote] },
  'sequential-dns-lookups': {
    make: () => [
      dnsConfigPatch({ name: 'single-request-reopen' }, [
        'It cures lookups that race for one entry, and gives A and AAAA one each. glibc only: musl (Alpine) ignores it.',
      ]),
    ],
  },
  'dns-over-tcp': {
    make: () => [
      dnsConfigPatch({ name: 'use-vc' }, [
        'It cures lookups that race for one entry, and fills the table: a lookup then holds its entry 120 s in place of 30 s. NodeLocal DNSCache cures the same without that.',
        'glibc only: musl (Alpine) ignores it.',
      ]),
    ],
  },
  'shorten-timeouts': {
    make: ({ os, cluster }) => [
      kubeProxyConfigScript('shorten-timeouts.sh', { tcpCloseWaitTimeout: `${closeWait}s` }),
      userData(timeouts, os),
      karpenterNodeClass(timeouts, os, cluster),
    ],
  },
  'spread-workload': { make: () => [spreadPatch] },
};

/** Ids of the remedies that can be printed as files. */
export const renderable: readonly string[] = remedies
  .filter(({ files }) => files !== undefined)
  .map(({ id }) => id);

/** What of the context this remedy cannot do without. */
export function needsOf(remedy: string): readonly FileNeed[] {
  return remedies.find(({ id }) => id === remedy)?.files ?? [];
}

/** The files of one remedy; none for a remedy whose steps say it all. */
export function artefactsFor(remedy: string, context: ArtefactContext): Artefact[] {
  return makers[remedy]?.make(context) ?? [];
}
