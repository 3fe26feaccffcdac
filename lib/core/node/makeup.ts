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
  /** False: the list was cut, so that shares are those of a sample. */
  readonly whole: boolean;
  /** Entries by protocol: `tcp`, `udp`, `icmp`, `icmpv6`, `sctp`, `gre`, and `other` for the rest. */
  readonly protocols: Readonly<Record<string, number>>;
  /** TCP entries by state, in the kernel's own words: `ESTABLISHED`, `TIME_WAIT`, `CLOSE_WAIT`. */
  readonly tcpStates: Readonly<Record<string, number>>;
  /** ESTABLISHED entries without a packet for an hour or more. Absent: the timeout is not known. */
  readonly idleEstablished?: number;
  readonly ipv6: number;
  /** Flows that nobody has answered. */
  readonly unreplied: number;
  /** Entries that the kernel does not evict when the table is full. */
  readonly assured: number;
  /** Entries with destination port 53. */
  readonly dns: { readonly udp: number; readonly tcp: number; readonly unreplied: number };
  /** Busiest destination ports, most entries first; not all of them. */
  readonly ports: readonly PortCount[];
  /** Who holds most entries, most first; not all of them. */
  readonly holders: readonly Holder[];
}
