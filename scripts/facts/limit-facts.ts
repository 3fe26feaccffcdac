import type { Fact } from './fact.js';

const pull = (number: number) => `https://github.com/kubernetes/kubernetes/pull/${number}`;

/** What decides a limit: kube-proxy, the kernel, operating systems and instance types. */
export const limitFacts: readonly Fact[] = [
  {
    id: 'only-raises-from',
    what: 'kube-proxy only raises the limit, from',
    value: '1.23',
    source: pull(103_174),
    checked: '2026-11-23',
    carries: 'the expected limit of 1.23 to 1.28',
  },
  {
    id: 'lowers-again-from',
    what: 'kube-proxy writes its own number also where that lowers the limit, from',
    value: '1.29',
    source: pull(120_448),
    checked: '2026-11-23',
    carries: 'the expected limit of 1.29 to 1.35, and the warning before an upgrade to 1.29',
  },
  {
    id: 'cap',
    what: 'what kube-proxy computes from vCPUs has a cap, from 1.36 on',
    value: '1,048,576',
    source: pull(137_002),
    checked: '2026-11-23',
    carries: 'the expected limit of nodes with more than 32 vCPUs',
  },
  {
    id: 'only-raises-again-from',
    what: 'kube-proxy only raises the limit again, from',
    value: '1.38',
    source: pull(142_035),
    checked: '2026-11-27',
    carries: 'the expected limit of 1.38 and later',
  },
  {
    id: 'picks',
    what: 'the same change in patch releases of 1.36 and 1.37',
    value: 'approved, open on 2026-09-19',
    source: pull(142_199),
    checked: '2026-11-27',
    carries: 'the caveat about patch releases; when one carries it, the era ends there',
  },
  {
    id: 'max-per-core',
    what: 'conntrack.maxPerCore that EKS ships, and kube-proxy takes by itself',
    value: '32,768',
    source:
      'https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go',
    checked: '2026-11-23',
    carries: 'every limit that kube-proxy computes from vCPUs',
  },
  {
    id: 'min',
    what: 'conntrack.min that EKS ships, and kube-proxy takes by itself',
    value: '131,072',
    source:
      'https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go',
    checked: '2026-11-23',
    carries: 'every limit of nodes with four vCPUs or fewer',
  },
  {
    id: 'kernel-buckets',
    what: 'kernel default above 4 GiB of usable memory, from Linux 5.15 on',
    value: '262,144',
    source: 'https://github.com/torvalds/linux/commit/d532bcd0b2699d84d71a0c71d37157ac6eb3be25',
    checked: '2026-11-23',
    carries: 'the limit before kube-proxy starts',
  },
  {
    id: 'bottlerocket-boot',
    what: 'limit with which Bottlerocket boots',
    value: '1,048,576',
    source:
      'https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/develop/packages/release/release-sysctl.conf',
    checked: '2026-11-27',
    carries: 'the expected limit of Bottlerocket',
  },
  {
    id: 'al2023-612',
    what: 'first Kubernetes minor whose Amazon Linux 2023 image has Linux 6.12',
    value: '1.33',
    source: 'https://github.com/awslabs/amazon-eks-ami/tree/main/templates/al2023',
    checked: '2026-11-27',
    carries: 'the kernel that is assumed where nobody names one',
  },
  {
    id: 'bottlerocket-612',
    what: 'first Kubernetes minor whose Bottlerocket image has Linux 6.12',
    value: '1.34',
    source: 'https://github.com/bottlerocket-os/bottlerocket/tree/develop/variants',
    checked: '2026-11-27',
    carries: 'the kernel that is assumed where nobody names one',
  },
  {
    id: 'instance-types',
    what: 'EC2 instance types with their vCPUs and memory',
    value: '1,263 types',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html',
    checked: '2026-11-23',
    via: 'answers that moto 5.2.1 recorded',
    carries: 'limit and the calculator; an audit asks EC2 itself',
  },
];
