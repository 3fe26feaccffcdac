/**
 * Where the other end of a flow is: `peers` are pods and hosts elsewhere in the VPC, `world` is beyond
 * it. A `service` of the cluster and its `dns` service have ClusterIPs, and peers answer for them.
 */
export type Elsewhere = 'peers' | 'world' | 'service' | 'dns';

/**
 * One end of a flow: `pods` of this host in turn, one of them by namespace and name, or the `host`; `gone`
 * are pods that were here, and which left flows behind.
 */
export type Place = Elsewhere | 'pods' | 'host' | 'gone' | `${string}/${string}`;

/** TCP states as the kernel writes them. */
export type TcpState =
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE';

/** One kind of flow among the entries of a table. */
export interface Flow {
  /** Its part of the entries, against the sum of all weights; above 0. */
  readonly weight: number;
  readonly protocol: 'tcp' | 'udp';
  /** TCP only. */
  readonly state?: TcpState;
  /** Who opened it. */
  readonly from: Exclude<Place, 'service' | 'dns'>;
  readonly to: Exclude<Place, 'gone'>;
  /** Destination port. */
  readonly port: number;
  /** Seconds until entries of it expire, from the first to the second. */
  readonly seconds: readonly [number, number];
  /**
   * How far it got: nobody answered, somebody did, or so much went both ways that the kernel does not
   * evict it.
   *
   * @default 'assured' for TCP, 'answered' for UDP
   */
  readonly reply?: 'unreplied' | 'answered' | 'assured';
}
