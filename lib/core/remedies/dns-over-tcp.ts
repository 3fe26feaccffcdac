import { usageWithDns } from '../dns-share.js';
import { present } from '../present.js';
import type { Remedy } from '../remedy.js';

/** Seconds that an entry of one lookup lasts: TIME_WAIT of TCP, and a UDP flow that was answered. */
const TCP_SECONDS = 120;
const UDP_SECONDS = 30;

/**
 * `use-vc` sends lookups over TCP. It looks as if it should help, and it fills the table.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const dnsOverTcp: Remedy = {
  id: 'dns-over-tcp',
  title: 'Resolve names over TCP (use-vc)',
  answers: ['table-pressure', 'table-drops', 'limit-not-durable', 'limit-shrinks-on-upgrade'],

  assess({ facts }) {
    const factor = TCP_SECONDS / UDP_SECONDS;
    const usage = usageWithDns(facts, factor);
    return {
      helps: false,
      reason: `a lookup over a TCP connection of its own holds an entry ${TCP_SECONDS} s in place of ${UDP_SECONDS} s, ${factor} times as long; musl (Alpine) ignores use-vc`,
      predicted: present({ limit: facts.table?.max, usage }),
      steps: [],
    };
  },
};
