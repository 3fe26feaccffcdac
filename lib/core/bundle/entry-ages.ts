import { ageEdges, agedStates, type AgedState } from '../node/makeup.js';
import type { Entry } from './entry.js';

/** Seconds that entries of a class are given when a packet comes; a class that is not there is not known. */
export type Limits = Readonly<Partial<Record<AgedState, number>>>;

/** The settings that give those seconds. */
export const limitNames: Readonly<Record<AgedState, string>> = {
  SYN_SENT: 'tcp_timeout_syn_sent',
  ESTABLISHED: 'tcp_timeout_established',
  UNACKNOWLEDGED: 'tcp_timeout_unacknowledged',
  CLOSE_WAIT: 'tcp_timeout_close_wait',
  TIME_WAIT: 'tcp_timeout_time_wait',
  UDP: 'udp_timeout',
  UDP_STREAM: 'udp_timeout_stream',
};

/** What an entry waits for. The kernel keeps what nobody acknowledges for minutes only. */
export function classOf(entry: Entry, limits: Limits): string | undefined {
  const { proto, state, isAssured, left = 0 } = entry;
  if (proto === 'udp') return isAssured ? 'UDP_STREAM' : 'UDP';
  if (proto !== 'tcp') return undefined;
  const most = limits.UNACKNOWLEDGED;
  const isWaiting = state === 'ESTABLISHED' && !isAssured && most !== undefined && left <= most;
  return isWaiting ? 'UNACKNOWLEDGED' : state;
}

/** Counts of entries by the seconds since their last packet, as the probe counts them. */
export class AgeTally {
  private readonly counts = new Map<AgedState, number[]>();

  constructor(private readonly limits: Limits) {}

  add(name: string | undefined, left: number | undefined): void {
    const state = agedStates.find((one) => one === name);
    const limit = state === undefined ? undefined : this.limits[state];
    if (state === undefined || limit === undefined || left === undefined) return;
    const bins = this.counts.get(state) ?? [];
    this.counts.set(state, bins);
    const age = limit - left;
    const bin = ageEdges.filter((edge) => age >= edge).length;
    while (bins.length <= bin) bins.push(0);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }

  /** By class, in the order of `agedStates`. */
  told(): Record<string, readonly number[]> {
    return Object.fromEntries(
      agedStates.flatMap((state) => {
        const bins = this.counts.get(state);
        return bins === undefined ? [] : [[state, bins] as const];
      }),
    );
  }
}
