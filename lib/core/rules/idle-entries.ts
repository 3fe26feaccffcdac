import { count, percent } from '../text/format.js';
import { defineRule } from '../judge/rule.js';
import { shareMeasures, tableMeasures } from '../judge/table-measures.js';
import { shareText } from '../measure/share.js';
import { together, waitingEntries, type Waiting } from '../measure/waiting-entries.js';

/** Share of the table that waiting entries hold together when they are worth a remedy. A house choice. */
const LARGE = 0.4;

/** States that end by waiting alone; half-open flows are for another rule. */
const judged: readonly string[] = ['CLOSE_WAIT', 'TIME_WAIT', 'idle ESTABLISHED'];

/**
 * Entries that only wait to be forgotten hold a large share of a table that fills.
 *
 * Their connection is closed, half closed, or has been silent for an hour. kube-proxy lengthens the
 * wait of half closed ones from a minute to an hour. Only states are judged that a shorter timeout
 * would free, by the lower end of their share.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const idleEntries = defineRule({
  id: 'idle-entries',
  title: 'Entries that only wait hold a large share of the table',
  fires:
    'CLOSE_WAIT, TIME_WAIT and ESTABLISHED without a packet for an hour hold 40 % or more of the entries together, with timeouts that can be shortened, at a usage of 75 % or more (warning) or 50 % or more (notice)',
  about: 'filler',
  proof: 'reading',
  requires: ['table', 'makeup', 'timeouts'],

  check(facts, { policy }) {
    const { table } = facts;
    const usage = table.entries / table.max;
    if (usage < policy.targetUsage) return undefined;
    const waiting = waitingEntries(facts).filter(
      ({ state, seconds, shorter, entries }) =>
        judged.includes(state) && seconds > shorter && entries.share > 0,
    );
    const [largest] = waiting;
    const all = together(waiting.map(({ entries }) => entries));
    if (largest === undefined) return undefined;
    if (all.share - all.margin < LARGE) return undefined;
    return {
      severity: usage >= policy.warningUsage ? ('warning' as const) : ('notice' as const),
      summary: `entries that only wait hold ${shareText(all)} of a table that is used to ${percent(usage)}, most of all ${largest.state}: ${shareText(largest.entries)}, which is kept ${count(largest.seconds)} s`,
      measures: { ...tableMeasures(table), ...shareMeasures('waitingShare', all) },
      why: waiting.map(freeing).join('; '),
    };
  },
});

function freeing({ state, timeout, shorter, freed, seconds }: Waiting): string {
  const bound = state === 'idle ESTABLISHED' ? 'at most ' : 'about ';
  return `nf_conntrack_${timeout} of ${count(shorter)} s in place of ${count(seconds)} would free ${bound}${shareText(freed)} of the table (estimate)`;
}
