import { usageWithDns } from '../dns-share.js';
import { present } from '../present.js';
import type { Remedy } from '../remedy.js';

/** A and AAAA from one socket are one flow and share an entry; from two sockets they are two. */
const ENTRIES_PER_PAIR = 2;

/**
 * `single-request-reopen` sends the A and the AAAA question from different sockets, so that they do not
 * race for one entry. It cures lookups that are lost in that race, and fills the table.
 *
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const sequentialDnsLookups: Remedy = {
  id: 'sequential-dns-lookups',
  title: 'Ask for A and AAAA one after the other (single-request-reopen)',
  answers: ['table-pressure', 'table-drops'],

  assess({ facts }) {
    return {
      helps: false,
      reason:
        'it cures lookups that race for one entry by giving A and AAAA one each, so DNS may hold up to twice as many; musl (Alpine) ignores it',
      predicted: present({
        limit: facts.table?.max,
        usage: usageWithDns(facts, ENTRIES_PER_PAIR),
      }),
      steps: [],
    };
  },
};
