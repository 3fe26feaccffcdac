import { countDnsByHand, dnsShare } from '../measure/dns-share.js';
import type { Remedy } from '../judge/remedy.js';
import { shareText } from '../measure/share.js';
import { asItIs } from './shared/sizing.js';

/**
 * A name that ends with a dot is absolute: it is asked for once, whatever ndots says.
 *
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const trailingDot: Remedy = {
  id: 'trailing-dot',
  title: 'Write the busiest external names with a trailing dot',
  reach: 'workload',
  answers: ['room'],
  alsoAnswers: {
    'dns-entry-share': 'it saves lookups of names that one writes',
  },
  files: [],

  assess({ facts, policy }) {
    const dns = dnsShare(facts);
    if (dns?.share === 0) {
      return {
        helps: false,
        reason: 'no lookup was seen among the entries, so that none would be saved',
        predicted: asItIs(facts, policy),
        steps: [],
      };
    }
    return {
      helps: null,
      reason:
        dns === undefined
          ? 'saves up to 4 of 5 lookups of each name that gets one; how many entries are lookups was not read'
          : `saves up to 4 of 5 lookups of each name that gets one, out of the ${shareText(dns)} that DNS holds`,
      predicted: {},
      steps: [
        countDnsByHand,
        'write api.example.com. in place of api.example.com, where the client accepts it: some TLS clients compare the name with the certificate',
        'undo: take the dot away',
      ],
    };
  },
};
