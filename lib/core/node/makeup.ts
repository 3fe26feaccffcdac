/** Somebody who holds entries of the list. */
export interface Holder {
  /**
   * The address that is charged: of a flow that a pod or the host opened its source, of one that came
   * to them from elsewhere their own address.
   */
  readonly address: string;
  /** Entries of the list that are charged to it. */
  readonly entries: number;
  /** `host`, or `namespace/pod`. Absent where nothing on the node tells whose address it is. */
  readonly owner?: string;
}

/** Entries of the list with this destination port. */
export interface PortCount {
  /** Protocol and port: `udp/53`. */
  readonly port: string;
  readonly entries: number;
}

/** Seconds that part the ages of entries, ascending: candidates for a shorter timeout among them. */
export const ageEdges = [10, 20, 30, 60, 120, 300, 600, 3_600, 7_440] as const;

/**
 * Entries whose age is known, by the timeout that they wait for. `UNACKNOWLEDGED`: ESTABLISHED for the kernel,
 * and kept for `tcp_timeout_unacknowledged` only, as nobody answered or acknowledged its last packet.
 * `UDP_STREAM`: UDP that went both ways for a while (`udp_timeout_stream`).
 */
export const agedStates = [
  'SYN_SENT',
  'ESTABLISHED',
  'UNACKNOWLEDGED',
  'CLOSE_WAIT',
  'TIME_WAIT',
  'UDP',
  'UDP_STREAM',
] as const;
export type AgedState = (typeof agedStates)[number];

/**
 * Counts by age, which is the timeout minus the seconds left: since the last packet. The first counts what is
 * younger than the first of `ageEdges`, each other what has reached the edge before it and not the next. What
 * stands after the last count is 0. An entry that was given longer than today's timeout counts as young.
 */
export type Ages = Readonly<Partial<Record<AgedState, readonly number[]>>>;

/** Flows that are half open, or whose last packet nobody answered or acknowledged. */
export interface Unanswered {
  /** All of them, `[UNREPLIED]` ones and others. */
  readonly entries: number;
  /** By TCP state, and by protocol where there is none: `SYN_SENT`, `ESTABLISHED`, `udp`. */
  readonly states: Readonly<Record<string, number>>;
  /** Their busiest destination port. Absent: none has a port. */
  readonly port?: PortCount;
  /** Who holds most of them. */
  readonly holder?: Holder;
  /**
   * SYN_SENT entries no end of which is a pod of this node or the host: their pod has gone. Absent: the
   * node's pods are not known.
   */
  readonly toNobody?: number;
}

/**
 * What the entries are, counted over the list of them. A list is in hash order, so that its first part
 * is a fair sample of the whole.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_standalone.c
 */
export interface Makeup {
  /** `netlink`: listed by conntrack(8). `proc`: by `/proc/net/nf_conntrack`. */
  readonly source: 'netlink' | 'proc';
  /** Entries that were looked at; every other number here counts among them. */
  readonly listed: number;
  /** False: the list was cut, or is far shorter than the count, so that shares are those of a sample. */
  readonly whole: boolean;
  /** Entries by protocol: `tcp`, `udp`, `icmp`, `icmpv6`, `sctp`, `gre`, and `other` for the rest. */
  readonly protocols: Readonly<Record<string, number>>;
  /** TCP entries by state, in the kernel's own words: `ESTABLISHED`, `TIME_WAIT`, `CLOSE_WAIT`. */
  readonly tcpStates: Readonly<Record<string, number>>;
  /**
   * ESTABLISHED entries without a packet for an hour or more, but for unacknowledged ones. Absent: the timeout
   * is not known.
   */
  readonly idleEstablished?: number;
  readonly ipv6: number;
  /** Flows that nobody has answered. */
  readonly unreplied: number;
  /** Entries that the kernel does not evict when the table is full. */
  readonly assured: number;
  /** Entries with destination port 53. */
  readonly dns: { readonly udp: number; readonly tcp: number; readonly unreplied: number };
  /** Absent: the probe did not tell it, as its line was too long, or it is an older one. */
  readonly ages?: Ages;
  /** Absent as `ages` is. */
  readonly unanswered?: Unanswered;
  /** Busiest destination ports, most entries first; not all of them. */
  readonly ports: readonly PortCount[];
  /** Who holds most entries, most first; not all of them. */
  readonly holders: readonly Holder[];
}

/**
 * Entries of a state that have had no packet for `seconds` or more, of which a timeout of so many would leave
 * none. Nothing where ages are not known.
 */
export function olderThan(
  { ages }: Pick<Makeup, 'ages'>,
  state: AgedState,
  seconds: (typeof ageEdges)[number],
): number | undefined {
  const from = ageEdges.indexOf(seconds) + 1;
  return ages && (ages[state] ?? []).slice(from).reduce((sum, entries) => sum + entries, 0);
}
