import { partLookups, usageUnder, type ResolverOption } from './shared/part-lookups.js';
import type { Remedy } from '../judge/remedy.js';

/** Seconds that an entry of one lookup lasts: TIME_WAIT of TCP, and a UDP flow that was answered. */
const TCP_SECONDS = 120;
const UDP_SECONDS = 30;
const FACTOR = TCP_SECONDS / UDP_SECONDS;

const useVc: ResolverOption = {
  name: 'use-vc',
  parts: 'over TCP both questions share a connection, and do not race',
  price: `a lookup over a TCP connection of its own holds an entry ${TCP_SECONDS} s in place of ${UDP_SECONDS} s, ${FACTOR} times as long`,
  factor: FACTOR,
  ignoredBy: 'musl (Alpine) ignores use-vc',
};

/**
 * `use-vc` sends lookups over TCP. It looks as if it should help a full table, and it fills it. What it
 * does cure are lookups that race for one entry.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const dnsOverTcp: Remedy = {
  id: 'dns-over-tcp',
  title: 'Resolve names over TCP (use-vc)',
  answers: ['room', 'race'],
  alsoAnswers: {
    'dns-entry-share': 'it looks like a way to hold fewer lookups',
    'node-local-dns-idle': 'it looks like a way around the cache',
    'idle-entries': 'it leaves more of what only waits',
    'limit-not-durable': 'it looks like a way to need less room',
    'limit-shrinks-on-upgrade': 'it looks like a way to need less room',
  },
  files: [],

  assess(weighed) {
    if (weighed.about === 'race') return partLookups(useVc, weighed);
    return {
      helps: false,
      reason: `${useVc.price}; ${useVc.ignoredBy}`,
      predicted: usageUnder(useVc, weighed),
      steps: [],
    };
  },
};
