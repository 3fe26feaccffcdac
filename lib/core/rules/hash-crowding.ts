import type { Problem } from '../judge/finding.js';
import type { Measures } from '../judge/measures.js';
import type { Severity } from '../judge/severity.js';
import { present } from '../text/present.js';
import { count, plural } from '../text/format.js';
import { grownBy, grownText, hasGrown, totalOf, windowOf } from '../measure/counter-growth.js';
import { isBefore515, isKernelRelease } from '../limit/kernel-default.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { sinceBoot } from '../measure/since-boot.js';
import type { NodeFacts, Table } from '../node/snapshot.js';

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
  about: 'hash',
  proof: 'reading',
  requires: ['table', 'hash', 'kernel'],
  considers: ['counters', 'growth', 'churn', 'boot'],

  check(facts) {
    const { table, hash, kernel } = facts;
    const { buckets, entriesPerBucket } = hash;
    if (!isKernelRelease(kernel) || isBefore515(kernel)) return undefined;
    const { max } = table;
    if (entriesPerBucket >= OVERCROWDED) return problem('critical', crowd(hash), facts);
    if (entriesPerBucket >= CROWDED) return problem('warning', crowd(hash), facts);
    const refused = refusedFlows(facts);
    if (refused !== undefined) {
      const summary = `${refused.text}, with ${crowd(hash)} today`;
      return problem('warning', summary, facts, refused.measures);
    }
    if (max / buckets <= OVERCROWDED) return undefined;
    return problem(
      'notice',
      `a limit of ${count(max)} on ${count(buckets)} buckets: chains refuse flows before the table is full`,
      facts,
    );
  },
});

type Hash = NonNullable<NodeFacts['hash']>;

function crowd({ buckets, entriesPerBucket }: Hash): string {
  return `${count(Math.round(entriesPerBucket * 10) / 10)} entries in each of ${count(buckets)} buckets`;
}

function problem(
  severity: Severity,
  summary: string,
  { table, hash }: { readonly table: Table; readonly hash: Hash },
  measures: Measures = {},
): Problem {
  const { buckets, entriesPerBucket } = hash;
  return {
    severity,
    summary,
    measures: { ...tableMeasures(table), buckets, entriesPerBucket, ...measures },
    why: `the limit of ${count(table.max)} allows ${count(Math.ceil(table.max / buckets))} entries in a bucket, each entry hangs in two chains, and a chain longer than 50 to 80 refuses inserts`,
  };
}

type Counted = Pick<NodeFacts, 'counters' | 'growth' | 'churn' | 'boot'>;

/** Flows that a long chain refused, and when; nothing where there were none in the time that is judged. */
function refusedFlows(
  facts: Counted,
): { readonly text: string; readonly measures: Measures } | undefined {
  const { counters, boot } = facts;
  const refused = grownBy(facts, 'chainlength');
  if (hasGrown(refused)) {
    const measures = { chainsRefused: totalOf(refused), windowSeconds: windowOf(refused, facts) };
    return { text: grownText(refused, flows, facts), measures: present(measures) };
  }
  const ever = refused.between === undefined ? (counters?.['chainlength'] ?? 0) : 0;
  if (ever === 0) return undefined;
  return { text: `${flows(ever)} ${sinceBoot(boot)}`, measures: { chainsRefused: ever } };
}

function flows(amount: number): string {
  return `${plural(amount, 'flow')} refused`;
}
