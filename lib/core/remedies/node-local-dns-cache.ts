import type { Remedy } from '../remedy.js';

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
    return {
      helps: null,
      reason:
        'it takes the DNS lookups of pods out of the table; how many entries those are was not read on this node',
      predicted: facts.table === undefined ? {} : { limit: facts.table.max },
      steps: [
        'measure first, as root on the node: conntrack -L -p udp --orig-port-dst 53 2>/dev/null | wc -l',
        'install: https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ with the ClusterIP of the service kube-dns',
        'undo: kubectl -n kube-system delete daemonset node-local-dns',
        'proof: the next audit reads fewer entries',
      ],
    };
  },
};
