import { bytes, count } from '../text/format.js';
import type { Remedy } from '../judge/remedy.js';
import { asItIs } from './shared/sizing.js';
import { NO_SETTING } from './shared/auto-mode.js';

const BYTES_PER_BUCKET = 8;

/**
 * Gives the table as many buckets as it may hold entries, the kernel's own ratio from Linux 5.15 on.
 * Unlike a limit, buckets cost their memory at once.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const growHash: Remedy = {
  id: 'grow-hash',
  title: 'Give the hash more buckets',
  reach: 'node-group',
  notOnAutoMode: NO_SETTING,
  answers: ['hash'],
  files: ['limit'],

  assess({ facts, policy }) {
    const { table, hash } = facts;
    if (table === undefined || hash === undefined) return undefined;
    const buckets = 2 ** Math.ceil(Math.log2(Math.max(1, table.max)));
    const perBucket = Math.round((table.entries / buckets) * 10) / 10;
    const helps = buckets > hash.buckets;
    return {
      helps,
      reason: helps
        ? `${count(buckets)} buckets cost ${bytes(buckets * BYTES_PER_BUCKET)} and hold ${count(perBucket)} of the entries of today each`
        : `there are ${count(hash.buckets)} buckets for ${count(table.max)} entries already`,
      predicted: asItIs(facts, policy),
      steps: helps
        ? [
            `now, on the node: echo ${buckets} > /sys/module/nf_conntrack/parameters/hashsize`,
            'for good: the same line in the user data, after modprobe nf_conntrack; as a module option it would also set the limit to 8 times as much',
            `undo: echo ${hash.buckets} > /sys/module/nf_conntrack/parameters/hashsize`,
            `proof: the next audit reads ${count(buckets)} buckets`,
          ]
        : [],
    };
  },
};
