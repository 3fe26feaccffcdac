import type { Problem } from '../judge/finding.js';
import { count, plural } from '../text/format.js';
import { grownBy, grownText, hasGrown } from '../measure/grown.js';
import { isBefore515, isKernelRelease } from '../limit/kernel-default.js';
import { defineRule } from '../judge/rule.js';
import { sinceBoot } from '../measure/since-boot.js';
import type { NodeFacts } from '../node/snapshot.js';

/**
 * Entries per bucket at which chains meet the kernel's limit, which it draws between 50 and 80 for
 * each insert. An entry hangs in two chains, and their lengths follow a Poisson distribution: at 12
 * one new flow in 17 million is refused, at 16 one in 10,000, at 20 one in 110.
 */
const CROWDED = 12;
const OVERCROWDED = 16;

/**
 * The hash of the table has too few buckets for its entries, and refuses flows before the table is full.
 *
 * The limit can be raised at run time and the hash does not grow with it. From Linux 5.15 on a chain
 * that is too long refuses the insert, and the drop looks like nothing that people know.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_core.c
 */
export const hashCrowding = defineRule({
  id: 'hash-crowding',
  title: 'The hash has too few buckets for the entries',
  fires:
    '12 or more entries in a bucket (warning), 16 or more (critical), flows refused for it since the last audit, within the probe, or at first sight of a node since boot (warning), or a limit that allows more than 16 (notice); from Linux 5.15 on',
  requires: ['table', 'hash', 'kernel'],
  considers: ['counters', 'growth', 'churn', 'boot'],

  check({ table: { max }, hash: { buckets, entriesPerBucket }, kernel, ...counted }) {
    if (!isKernelRelease(kernel) || isBefore515(kernel)) return undefined;
    const now = `${count(Math.round(entriesPerBucket * 10) / 10)} entries in each of ${count(buckets)} buckets`;
    const why = `the limit of ${count(max)} allows ${count(Math.ceil(max / buckets))} entries in a bucket, each entry hangs in two chains, and a chain longer than 50 to 80 refuses inserts`;
    if (entriesPerBucket >= OVERCROWDED) return problem('critical', now, why);
    if (entriesPerBucket >= CROWDED) return problem('warning', now, why);
    const refused = refusedText(counted);
    if (refused !== undefined) return problem('warning', `${refused}, with ${now} today`, why);
    if (max / buckets <= OVERCROWDED) return undefined;
    return problem(
      'notice',
      `a limit of ${count(max)} on ${count(buckets)} buckets: chains refuse flows before the table is full`,
      why,
    );
  },
});

type Counted = Pick<NodeFacts, 'counters' | 'growth' | 'churn' | 'boot'>;

/** Flows that a long chain refused, and when; nothing where there were none in the time that is judged. */
function refusedText({ counters, boot, ...since }: Counted): string | undefined {
  const refused = grownBy(since, 'chainlength');
  if (hasGrown(refused)) return grownText(refused, flows, since);
  const ever = refused.between === undefined ? (counters?.['chainlength'] ?? 0) : 0;
  return ever === 0 ? undefined : `${flows(ever)} ${sinceBoot(boot)}`;
}

function flows(amount: number): string {
  return `${plural(amount, 'flow')} refused`;
}

function problem(severity: Problem['severity'], summary: string, why: string): Problem {
  return { severity, summary, why };
}
