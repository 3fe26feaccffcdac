import type { Problem } from '../judge/finding.js';
import { count } from '../text/format.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import type { Reading } from '../node/snapshot.js';

/** A cluster node that has been up this long has talked to its API server. A house choice. */
const SETTLED_SECONDS = 600;

/**
 * Entries by which a full table may be over its limit: the kernel counts a new entry before it compares,
 * on each CPU. More than any CPU count makes.
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
const IN_FLIGHT = 256;

/**
 * The numbers cannot be those of a working cluster node: an instrument fault, or a node that is
 * about to refuse every flow. Either way it is not healthy, and must not look so.
 *
 * @see https://github.com/kubernetes/node-problem-detector - a check outside the host's network
 * namespace reads 0 entries and calls the node healthy for ever
 */
export const readingImplausible = defineRule({
  id: 'reading-implausible',
  title: 'The reading cannot be that of a working node',
  fires:
    '0 entries on a cluster node up for 10 minutes, more entries than the limit by over 256, a limit of 0, or the wrong network namespace',
  about: 'reading',
  proof: 'reading',
  requires: ['reading'],
  considers: ['network', 'boot'],

  check({ reading, network, boot }, { node }) {
    if (network?.host === false) {
      return warning(
        reading,
        'the probe read a network namespace that is not the host’s, where the count is another one and the limit is the same',
      );
    }
    return limitFault(reading) ?? countFault(reading, node !== undefined && settled(boot));
  },
});

function limitFault(reading: Reading): Problem | undefined {
  const { entries, max } = reading;
  if (max === 0) {
    return warning(
      reading,
      'nf_conntrack_max is 0: no limit at all before Linux 7, and no new flow at all where that exception is gone',
    );
  }
  if (entries === undefined || max === undefined || entries <= max + IN_FLIGHT) return undefined;
  return warning(
    reading,
    `${count(entries)} entries exceed the limit of ${count(max)}: the limit was lowered under the load a moment ago, or the two numbers are not of one table`,
  );
}

function countFault(reading: Reading, busy: boolean): Problem | undefined {
  if (reading.entries !== 0 || !busy) return undefined;
  return warning(
    reading,
    '0 entries on a cluster node that has been up for more than 10 minutes: nothing is tracked, or the count is not the host’s',
  );
}

function settled(boot: { readonly uptimeSeconds: number } | undefined): boolean {
  return boot !== undefined && boot.uptimeSeconds > SETTLED_SECONDS;
}

function warning({ entries, max, buckets }: Reading, summary: string): Problem {
  return { severity: 'warning', summary, measures: present({ entries, max, buckets }) };
}
