import { partLookups, usageUnder, type ResolverOption } from './shared/part-lookups.js';
import type { Case, Remedy } from '../judge/remedy.js';
import { count } from '../text/format.js';

/** Seconds that the kernel keeps the entry of a lookup where the node's own were not read. */
const KERNEL = { tcp_timeout_time_wait: 120, udp_timeout: 30 };

/** A lookup holds its entry in TIME_WAIT of TCP, in place of as a UDP flow that was answered. */
function useVc({ facts: { timeouts } }: Case): ResolverOption {
  const { tcp_timeout_time_wait: tcp, udp_timeout: udp } = { ...KERNEL, ...timeouts };
  const factor = udp === 0 ? 1 : tcp / udp;
  const times = count(Math.round(factor * 10) / 10);
  return {
    name: 'use-vc',
    parts: 'over TCP both questions share a connection, and do not race',
    price: `a lookup over a TCP connection of its own holds an entry ${count(tcp)} s in place of ${count(udp)} s, ${times} times as long`,
    factor,
    ignoredBy: 'musl (Alpine) ignores use-vc',
  };
}

/**
 * `use-vc` sends lookups over TCP. It looks as if it should help a full table, and it fills it. What it
 * does cure are lookups that race for one entry.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const dnsOverTcp: Remedy = {
  id: 'dns-over-tcp',
  title: 'Resolve names over TCP (use-vc)',
  reach: 'workload',
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
    const option = useVc(weighed);
    if (weighed.about === 'race') return partLookups(option, weighed);
    return {
      helps: false,
      reason: `${option.price}; ${option.ignoredBy}`,
      predicted: usageUnder(option, weighed),
      steps: [],
    };
  },
};
