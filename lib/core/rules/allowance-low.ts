import { isTracked, LAST_ROOM, LOW_ROOM, roomLeft } from '../measure/allowance-room.js';
import { count, percent, plural } from '../text/format.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * EC2's own connection tracking is near its end.
 *
 * EC2 tells how many connections more it would track, and not how many it tracks. The entries of the
 * kernel's table stand in for those: a proxy, as either side tracks flows that the other does not.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html
 */
export const allowanceLow = defineRule({
  id: 'allowance-low',
  title: 'EC2 will soon refuse connections: its own tracking is nearly full',
  fires:
    'conntrack_allowance_available is below 10 % of itself and the entries of the table together (warning), or below 3 % (critical), and it moves or was exceeded',
  about: 'ec2',
  proof: 'reading',
  requires: ['allowanceAvailable', 'table'],
  considers: ['allowance'],

  check({ allowanceAvailable, table: { entries, max }, allowance }) {
    const room = roomLeft(allowanceAvailable, entries);
    if (room >= LOW_ROOM || !isTracked(allowance)) return undefined;
    return {
      severity: room < LAST_ROOM ? ('critical' as const) : ('warning' as const),
      summary: `EC2 would track ${plural(allowanceAvailable, 'more connection', 'more connections')} beside the ${count(entries)} entries of the kernel's table: about ${percent(room)} is left (estimate)`,
      measures: { ...tableMeasures({ entries, max }), allowanceAvailable, allowanceRoom: room },
      why: `EC2 does not publish how many it tracks, so the entries of the table stand in for that; the kernel itself would take ${count(Math.max(0, max - entries))} more, and nf_conntrack_max does not change what EC2 takes`,
    };
  },
});
