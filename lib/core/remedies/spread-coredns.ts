import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import { HAS_RESOLVER } from './shared/auto-mode.js';

/** Replicas at least: EKS starts with two, so that two would change nothing. A house choice. */
const REPLICAS = { least: 4, most: 10 } as const;

/** Two on one node share its network interfaces, so that as many nodes as there are get one each. */
const apart = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

/**
 * Runs more CoreDNS pods on more nodes: each network interface has its own 1,024 packets a second to the
 * resolver of the VPC. Clients ask as often as before, so none of their entries goes away.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html
 */
export const spreadCoreDns: Remedy = {
  id: 'spread-coredns',
  title: 'Spread CoreDNS over more nodes',
  reach: 'cluster',
  notOnAutoMode: HAS_RESOLVER,
  answers: [],
  alsoAnswers: {
    'link-local-exceeded': 'the limit is one of each network interface',
    'dns-entry-share': 'it looks like a way to hold fewer lookups',
  },

  assess(weighed) {
    if (weighed.rule === 'dns-entry-share') {
      return useless('clients ask as often as before, and the entries of lookups are theirs');
    }
    const { makeup, nodeLocalDns } = weighed.facts;
    if (makeup?.holders.some(({ owner }) => owner?.startsWith('kube-system/coredns')) === true) {
      return spread(
        weighed,
        true,
        'CoreDNS is on this node, and every network interface that it runs behind has its own 1,024 packets a second; with more replicas each asks for fewer clients',
      );
    }
    if (nodeLocalDns?.interface === true) {
      return useless(
        'NodeLocal DNSCache is on this node and asks the resolver of the VPC for external names by itself',
      );
    }
    return spread(
      weighed,
      null,
      'it helps where CoreDNS is what asks the resolver of the VPC; it was not seen among those who hold most entries here',
    );
  },
};

function useless(reason: string): Weighed {
  return { helps: false, reason, predicted: {}, steps: [] };
}

function spread({ cluster }: Case, helps: true | null, reason: string): Weighed {
  const addOn = `--cluster-name ${cluster} --addon-name coredns`;
  const values = {
    autoScaling: { enabled: true, minReplicas: REPLICAS.least, maxReplicas: REPLICAS.most },
    topologySpreadConstraints: [apart],
  };
  return {
    helps,
    reason,
    predicted: {},
    steps: [
      `what is set today, to keep and to go back to: aws eks describe-addon ${addOn} --query addon.configurationValues`,
      `aws eks update-addon ${addOn} --resolve-conflicts PRESERVE --configuration-values '${JSON.stringify(values)}' (with what is set today in it: the values replace those that there are; replicas follow one for 16 nodes or 256 cores, and never fall below ${REPLICAS.least})`,
      'take nodeSelector and affinity that pin CoreDNS to a few nodes out of the same values: on the same nodes more replicas ask through the same network interfaces',
      'see where they run: kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide',
      'undo: the same command with the values of before',
      'proof: linklocal_allowance_exceeded no longer grows (ethtool -S on the nodes of CoreDNS)',
    ],
  };
}
