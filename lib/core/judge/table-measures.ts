import type { Share } from '../measure/share.js';
import type { Table } from '../node/snapshot.js';
import type { Measures } from './measures.js';

/** The numbers of a table; none if it was not read. */
export function tableMeasures(table: Table | undefined): Measures {
  if (table === undefined) return {};
  const { entries, max } = table;
  return { entries, max, usage: entries / max };
}

/** A share under its name, with its margin if it comes from a sample. */
export function shareMeasures(
  name: 'dnsShare' | 'udpDnsShare' | 'waitingShare' | 'unrepliedShare',
  share: Share | undefined,
): Measures {
  if (share === undefined) return {};
  return { [name]: share.share, ...(share.margin > 0 && { shareMargin: share.margin }) };
}
