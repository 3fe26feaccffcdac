import type { Remedy } from '../remedy.js';

/**
 * `single-request-reopen` sends the A and the AAAA question from different sockets, so that they do not
 * race for one entry. It cures lost lookups, and holds as many entries as before.
 *
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const sequentialDnsLookups: Remedy = {
  id: 'sequential-dns-lookups',
  title: 'Ask for A and AAAA one after the other (single-request-reopen)',
  answers: ['table-pressure', 'table-drops'],

  assess({ facts: { table } }) {
    return {
      helps: false,
      reason:
        'it cures lookups that race for one entry, and each lookup still holds its own; musl (Alpine) ignores it',
      predicted: table === undefined ? {} : { limit: table.max, usage: table.entries / table.max },
      steps: [],
    };
  },
};
