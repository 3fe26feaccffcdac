import type { Fact } from './fact.js';

const EC2_TRACKING =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts';
const SSM = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference';
const AGENT = 'https://github.com/aws/aws-network-policy-agent';

/** What remedies and rules rest on: images, defaults and limits of services. */
export const remedyFacts: readonly Fact[] = [
  {
    id: 'node-local-dns-image',
    what: 'image of NodeLocal DNSCache in what fix prints',
    value: 'registry.k8s.io/dns/k8s-dns-node-cache:1.27.1',
    source: 'https://github.com/kubernetes/kubernetes/pull/142686',
    checked: '2026-11-27',
    carries: 'the manifest of node-local-dns-cache',
  },
  {
    id: 'node-local-dns-cves',
    what: 'newest minor of NodeLocal DNSCache with critical vulnerabilities',
    value: '1.26',
    source: 'https://github.com/kubernetes/dns/issues/754',
    checked: '2026-11-27',
    carries: 'which image is printed',
  },
  {
    id: 'busybox-image',
    what: 'image of the DaemonSet that sets the limit as a stop-gap',
    value: 'public.ecr.aws/docker/library/busybox:1.37.0',
    source: 'https://github.com/docker-library/official-images/blob/master/library/busybox',
    checked: '2026-11-27',
    via: 'a list of images that names 1.37.0 as the newest',
    carries: 'conntrack-limit-daemonset.yaml of raise-limit',
  },
  {
    id: 'policy-table',
    what: 'entries of the network policy agent’s table, unless told otherwise',
    value: '524,288',
    source: `${AGENT}#conntrack-cache-table-size-from-v113`,
    checked: '2026-11-27',
    carries: 'policy-table, grow-policy-table',
  },
  {
    id: 'policy-table-most',
    what: 'most entries that the network policy agent takes',
    value: '1,048,576',
    source: `${AGENT}#conntrack-cache-table-size-from-v113`,
    checked: '2026-11-27',
    carries: 'the caveat of a limit above it',
  },
  {
    id: 'idle-nitro-v6',
    what: 'seconds that EC2 keeps an idle TCP connection on Nitro v6',
    value: '350',
    source: EC2_TRACKING,
    checked: '2026-11-23',
    carries: 'vpc-idle-timeout, shorten-vpc-idle-timeout',
  },
  {
    id: 'idle-most',
    what: 'seconds that EC2 keeps it on types before, the most that may be set',
    value: '432,000',
    source: EC2_TRACKING,
    checked: '2026-11-23',
    carries: 'vpc-idle-timeout, shorten-vpc-idle-timeout',
  },
  {
    id: 'link-local-packets',
    what: 'packets a second that an interface may send to the resolver of the VPC',
    value: '1,024',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html',
    checked: '2026-11-23',
    carries: 'link-local-exceeded',
  },
  {
    id: 'address-cooldown',
    what: 'seconds for which the VPC CNI holds an address back after its pod is gone',
    value: '30',
    source: 'https://github.com/aws/amazon-vpc-cni-k8s/issues/3634',
    checked: '2026-11-27',
    carries: 'stale-flows',
  },
  {
    id: 'answer-bytes',
    what: 'characters of output that Systems Manager hands over for one node',
    value: '24,000',
    source: `${SSM}/API_GetCommandInvocation.html`,
    checked: '2026-11-23',
    carries: 'how an answer that was cut is read again',
  },
  {
    id: 'karpenter-tracking',
    what: 'first version of Karpenter with connectionTracking in an EC2NodeClass',
    value: '1.13.0',
    source: 'https://github.com/aws/karpenter-provider-aws/pull/9152',
    checked: '2026-11-27',
    carries: 'what shorten-vpc-idle-timeout prints for Karpenter',
  },
  {
    id: 'warning-usage',
    what: 'usage at which node_exporter’s own alert warns',
    value: '75%',
    source:
      'https://github.com/prometheus/node_exporter/blob/master/docs/node-mixin/alerts/alerts.libsonnet',
    checked: '2026-11-23',
    carries: 'the default of warningUsage',
  },
  {
    id: 'critical-usage',
    what: 'usage at which Netdata’s own alert is critical',
    value: '95%',
    source: 'https://github.com/netdata/netdata/blob/master/src/health/health.d/netfilter.conf',
    checked: '2026-11-23',
    carries: 'the default of criticalUsage',
  },
];
