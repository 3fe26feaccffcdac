/** The five limits that EC2 enforces on an instance and counts, without `_allowance_exceeded`. */
export const allowanceNames = ['bw_in', 'bw_out', 'pps', 'conntrack', 'linklocal'] as const;
export type AllowanceName = (typeof allowanceNames)[number];

/**
 * What the ENA driver tells of the limits that EC2 sets beside the kernel's: its own connection
 * tracking among them. Packets over a limit are queued or dropped outside the instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html
 */
export interface Allowance {
  /** ENA interfaces that were read. */
  readonly interfaces: number;
  /** Packets over each `_allowance_exceeded`, since boot, summed over interfaces. */
  readonly exceeded: Readonly<Partial<Record<AllowanceName, number>>>;
  /** What those grew by while the probe ran; absent where that was not measured. */
  readonly grown?: Readonly<Partial<Record<AllowanceName, number>>>;
  /**
   * `conntrack_allowance_available`: connections that EC2 would still track. Newer drivers only. The least
   * that an interface tells, of those whose number moved while the probe ran where any did: an interface
   * that carries nothing keeps an old one.
   * @see https://github.com/amzn/amzn-drivers/issues/291
   */
  readonly available?: number;
  /** Whether that number moved while the probe ran: EC2 tracks connections here. Absent: not measured. */
  readonly moves?: boolean;
}
