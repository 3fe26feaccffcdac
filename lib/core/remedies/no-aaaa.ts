import { asItIs } from './shared/sizing.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';

const KNOWN_BY =
  'glibc knows it from 2.36 on (RHEL and UBI from 8.7 and 9.1); musl (Alpine) and Go do not, and ask as before';

const PRICE = 'its price: names that have an IPv6 address alone are no longer found';

const steps = [
  'kubectl patch the pod template: spec.dnsConfig.options: [{name: no-aaaa}]',
  'undo: take the option out again',
];

/**
 * `no-aaaa` lets a resolver ask for IPv4 addresses alone. Nothing races any more, and CoreDNS gets half the
 * packets. The entries stay: A and AAAA of one lookup share a socket, and so an entry.
 *
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const noAaaa: Remedy = {
  id: 'no-aaaa',
  title: 'Ask for IPv4 addresses alone',
  reach: 'workload',
  answers: ['room', 'race'],
  alsoAnswers: {
    'dns-entry-share': 'it looks like a way to hold fewer lookups',
    'link-local-exceeded': 'questions that are not asked are not passed on',
  },

  assess(weighed) {
    if (weighed.rule === 'link-local-exceeded') return fewerQuestions;
    return weighed.about === 'race' ? noRace(weighed) : asManyEntries(weighed);
  },
};

const fewerQuestions: Weighed = {
  helps: true,
  reason: `without AAAA at best half of these packets are left (estimate); ${KNOWN_BY}; ${PRICE}`,
  predicted: {},
  steps: [
    ...steps,
    'proof: linklocal_allowance_exceeded of ethtool -S grows more slowly, or not at all',
  ],
};

function noRace({ facts, policy }: Case): Weighed {
  return {
    helps: true,
    reason: `one question has nothing to race with, and lookups hold as many entries as now; ${KNOWN_BY}; ${PRICE}`,
    predicted: asItIs(facts, policy),
    steps: [...steps, 'proof: insert_failed of conntrack -S no longer grows'],
  };
}

function asManyEntries({ facts, policy }: Case): Weighed {
  return {
    helps: false,
    reason: `A and AAAA of one lookup share an entry, so that lookups hold as many as now; it halves what CoreDNS is asked; ${KNOWN_BY}`,
    predicted: asItIs(facts, policy),
    steps: [],
  };
}
