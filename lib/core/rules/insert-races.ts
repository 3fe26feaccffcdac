import { lostRaces } from '../measure/drop-causes.js';
import { udpDnsShare } from '../measure/dns-share.js';
import { count, plural } from '../text/format.js';
import { grownBy, grownText, totalOf, windowOf, type Grown } from '../measure/counter-growth.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareText } from '../measure/share.js';
import { sinceBoot } from '../measure/since-boot.js';
import type { NodeFacts } from '../node/snapshot.js';

/** From so many lost races on they are a pattern: since boot, and between two audits. House choices. */
const MANY = 100;
const SEVERAL = 10;

/**
 * Packets are lost because two of one flow raced to become its entry.
 *
 * Resolvers send the questions for A and for AAAA from one socket at once. Both become the same entry,
 * the later insert fails, and its packet is dropped: the resolver waits 5 seconds and asks again. The
 * table has room all the while, so a higher limit changes nothing. From Linux 5.10 on nearly all such
 * races are settled without a loss (`clashres` counts them).
 *
 * @see https://github.com/kubernetes/kubernetes/issues/56903
 */
export const insertRaces = defineRule({
  id: 'insert-races',
  title: 'Packets are lost in races for one entry',
  fires:
    '`drop` and `insert_failed` grew together within the probe, or by 10 or more since the last audit (warning); at first sight of a node both are at 100 or more since boot and account for each other (notice)',
  about: 'race',
  proof: 'growth',
  requires: ['counters'],
  considers: ['growth', 'churn', 'boot', 'kernel', 'makeup', 'table'],

  check(facts) {
    const { counters, boot } = facts;
    const racing = grownBy(facts, 'drop', lostRaces);
    if (isPattern(racing)) {
      return {
        severity: 'warning' as const,
        summary: `about ${grownText(racing, packets, facts)} lost a race for an entry: drop and insert_failed grew together`,
        measures: {
          ...tableMeasures(facts.table),
          ...shareMeasures('udpDnsShare', udpDnsShare(facts)),
          ...present({ racesLost: totalOf(racing), windowSeconds: windowOf(racing, facts) }),
        },
        why: reasons(facts),
      };
    }
    const raced = lostRaces(counters);
    if (racing.between !== undefined || raced < MANY) return undefined;
    const { drop = 0, insert_failed = 0 } = counters;
    return {
      severity: 'notice' as const,
      summary: `about ${packets(raced)} lost a race for an entry ${sinceBoot(boot)}: drop is at ${count(drop)} and insert_failed at ${count(insert_failed)}`,
      measures: {
        ...tableMeasures(facts.table),
        ...shareMeasures('udpDnsShare', udpDnsShare(facts)),
        racesLost: raced,
      },
      why: reasons(facts),
    };
  },
});

function reasons(facts: Required<Pick<NodeFacts, 'counters'>> & NodeFacts): string {
  return `${kernelText(facts.kernel, facts.counters)}${dnsText(facts)}`;
}

/** One lost within the few seconds of a probe are many an hour; one in the hours between audits is one. */
function isPattern({ between = 0, now }: Grown): boolean {
  return now > 0 || between >= SEVERAL;
}

function packets(amount: number): string {
  return plural(amount, 'packet');
}

/** What this kernel does about races; without its release, what kernels do. */
function kernelText(kernel: string | undefined, { clashres = 0 }: Record<string, number>): string {
  const lost = 'before Linux 5.10 the later of two lookups from one socket is often lost';
  const settles = kernel === undefined ? undefined : isFrom510(kernel);
  if (kernel === undefined || settles === undefined) return lost;
  if (!settles) return `${lost}, and this one is ${kernel}`;
  return `Linux ${kernel} settles most races without a loss (${count(clashres)} since boot), and could not settle these`;
}

/** Whether this release settles races harder; nothing where it does not begin as `uname -r` does. */
function isFrom510(release: string): boolean | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return Number(major) > 5 || (Number(major) === 5 && Number(minor) >= 10);
}

/** Whether there are lookups to suspect. */
function dnsText(facts: Pick<NodeFacts, 'makeup' | 'table'>): string {
  const dns = udpDnsShare(facts);
  return dns === undefined ? '' : `; DNS over UDP holds ${shareText(dns)} of the table`;
}
