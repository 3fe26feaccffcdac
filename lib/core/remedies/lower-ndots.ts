import { countDnsByHand, dnsShare } from '../measure/dns-share.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import { shareText } from '../measure/share.js';
import { usageOnce } from './shared/sizing.js';

/**
 * A name without enough dots is tried with each search domain first: five candidates with EKS's usual
 * list, A and AAAA for each. With `ndots:2` a name such as `api.example.com` is tried as it is, and one of
 * a single dot as before: names are not known here, so that this is the most that it can do.
 */
const CANDIDATES = 5;

/** Of those, the ones that end in the cluster's own domain, and that CoreDNS answers by itself. */
const ANSWERED_INSIDE = 3;

const steps = [
  'kubectl patch the pod template: spec.dnsConfig.options: [{name: ndots, value: "2"}]',
  'undo: take the option out again',
];

/**
 * Lets pods ask for external names once, where `ndots:5` makes them ask five times.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/scale-cluster-services.html
 */
export const lowerNdots: Remedy = {
  id: 'lower-ndots',
  title: 'Lower ndots in the pods that resolve external names',
  reach: 'workload',
  answers: ['room'],
  alsoAnswers: {
    'dns-entry-share': 'most lookups of a search list are answered with no such name',
    'node-local-dns-idle': 'lookups that are not made are not tracked',
    'link-local-exceeded': 'lookups that are not made are not passed on',
  },
  files: [],

  assess({ rule, facts, policy }) {
    if (rule === 'link-local-exceeded') return asksTheResolverLess;
    const dns = dnsShare(facts);
    if (dns === undefined || facts.table === undefined) {
      return {
        helps: null,
        reason: `one external name takes up to ${CANDIDATES} lookups under ndots:5; how many entries are lookups was not read`,
        predicted: {},
        steps: [countDnsByHand],
      };
    }
    return {
      helps: dns.share > 0,
      reason: `DNS holds ${shareText(dns)} of the table; at best, where every name is external and has two dots or more, a fifth of that is left`,
      predicted: usageOnce(dns, 1 / CANDIDATES, facts, policy, 'at least'),
      steps: [...steps, 'proof: the next audit reads a smaller share of DNS'],
    };
  },
};

/** EC2 counts packets, not entries, so no usage of the table is predicted. */
const asksTheResolverLess: Weighed = {
  helps: true,
  reason: `of the ${CANDIDATES} names that ndots:5 makes of an external one CoreDNS answers ${ANSWERED_INSIDE} itself and passes ${CANDIDATES - ANSWERED_INSIDE} on to the VPC resolver; with ndots:2 it passes on 1, so at best half of these packets are left (estimate)`,
  predicted: {},
  steps: [
    ...steps,
    'proof: linklocal_allowance_exceeded of ethtool -S grows more slowly, or not at all',
  ],
};
