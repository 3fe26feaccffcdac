import { countDnsByHand, dnsShare, usageWithDns } from '../dns-share.js';
import type { Remedy } from '../remedy.js';
import { shareText } from '../share.js';

/**
 * A name without enough dots is tried with each search domain first: five candidates with EKS's usual
 * list, A and AAAA for each. With `ndots:2` a name such as `api.example.com` is tried as it is.
 */
const CANDIDATES = 5;

/**
 * Lets pods ask for external names once, where `ndots:5` makes them ask five times.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/scale-cluster-services.html
 */
export const lowerNdots: Remedy = {
  id: 'lower-ndots',
  title: 'Lower ndots in the pods that resolve external names',
  answers: ['table-pressure', 'table-drops'],

  assess({ facts }) {
    const usage = usageWithDns(facts, 1 / CANDIDATES);
    const dns = dnsShare(facts);
    if (usage === undefined || dns === undefined) {
      return {
        helps: null,
        reason: `one external name takes up to ${CANDIDATES} lookups under ndots:5; how many entries are lookups was not read`,
        predicted: {},
        steps: [countDnsByHand],
      };
    }
    return {
      helps: dns.share > 0,
      reason: `DNS holds ${shareText(dns)} of the table; at best, where every name is external, a fifth of that is left`,
      predicted: { ...(facts.table && { limit: facts.table.max }), usage },
      steps: [
        'kubectl patch the pod template: spec.dnsConfig.options: [{name: ndots, value: "2"}]',
        'undo: take the option out again',
        'proof: the next audit reads a smaller share of DNS',
      ],
    };
  },
};
