import { countDnsByHand, dnsShare, usageWithDns } from '../dns-share.js';
import type { Remedy, Weighed } from '../remedy.js';
import { shareText, type Share } from '../share.js';
import type { NodeFacts } from '../snapshot.js';

/**
 * NodeLocal DNSCache takes the lookups of pods out of the table (NOTRACK), and asks upstream over a
 * few connections that it keeps.
 *
 * What it saves is the share that DNS holds of the table. Until a node tells that share, the effect
 * is not predicted, and the remedy says how to measure it.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export const nodeLocalDnsCache: Remedy = {
  id: 'node-local-dns-cache',
  title: 'Install NodeLocal DNSCache',
  answers: ['table-pressure', 'table-drops'],

  assess({ facts }) {
    const dns = dnsShare(facts);
    const usage = usageWithDns(facts, 0);
    if (dns !== undefined && usage !== undefined) return measured(facts, dns, usage);
    return {
      helps: null,
      reason:
        'it takes the DNS lookups of pods out of the table; how many entries those are was not read on this node',
      predicted: facts.table === undefined ? {} : { limit: facts.table.max },
      steps: [countDnsByHand, ...steps],
    };
  },
};

const steps = [
  'install: https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ with the ClusterIP of the service kube-dns',
  'undo: kubectl -n kube-system delete daemonset node-local-dns',
  'proof: the next audit reads fewer entries',
];

/** Lookups of pods leave no entry any more, and those of the cache travel over a few connections. */
function measured({ table }: NodeFacts, dns: Share, usage: number): Weighed {
  return {
    helps: dns.share > 0,
    reason: `DNS holds ${shareText(dns)} of the table, and leaves it`,
    predicted: { ...(table && { limit: table.max }), usage },
    steps: dns.share > 0 ? steps : [],
  };
}
