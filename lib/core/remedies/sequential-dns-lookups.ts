import { partLookups, usageUnder, type ResolverOption } from './shared/part-lookups.js';
import type { Remedy } from '../judge/remedy.js';

const singleRequestReopen: ResolverOption = {
  name: 'single-request-reopen',
  parts: 'it parts lookups that race for one entry',
  price: 'A and AAAA have an entry each, so DNS may hold up to twice as many',
  // A and AAAA from one socket are one flow and share an entry; from two sockets they are two.
  factor: 2,
  ignoredBy: 'musl (Alpine) ignores it',
};

/**
 * `single-request-reopen` sends the A and the AAAA question from different sockets, so that they do not
 * race for one entry. It cures lookups that are lost in that race, and fills the table.
 *
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const sequentialDnsLookups: Remedy = {
  id: 'sequential-dns-lookups',
  title: 'Ask for A and AAAA one after the other (single-request-reopen)',
  reach: 'workload',
  answers: ['room', 'race'],
  alsoAnswers: {
    'dns-entry-share': 'it looks like a way to hold fewer lookups',
  },
  files: [],

  assess(weighed) {
    if (weighed.about === 'race') return partLookups(singleRequestReopen, weighed);
    return {
      helps: false,
      reason:
        'it cures lookups that race for one entry by giving A and AAAA one each, so DNS may hold up to twice as many; musl (Alpine) ignores it',
      predicted: usageUnder(singleRequestReopen, weighed),
      steps: [],
    };
  },
};
