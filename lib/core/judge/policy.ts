/** What an operator may choose. All shares run from 0 to 1. */
export interface Policy {
  /** Usage at which `table-pressure` warns. */
  readonly warningUsage: number;
  /** Usage at which `table-pressure` is critical. */
  readonly criticalUsage: number;
  /** Usage that a remedy aims for. */
  readonly targetUsage: number;
  /** Share of a node's memory that a full table may cost. */
  readonly tableMemoryShare: number;
  /** How far back a `table full` line of the kernel log still counts, in seconds. */
  readonly recentSeconds: number;
  /** How long after people were last told of a critical finding they are reminded of it, in seconds. */
  readonly remindAfterSeconds: number;
  /** A finding that comes back within this time has to be clear twice to be resolved, in seconds. */
  readonly flapSeconds: number;
}

/** House choices; the two usages are what the field's own alerts use (node_exporter's mixin, Netdata). */
export const defaultPolicy: Policy = {
  warningUsage: 0.75,
  criticalUsage: 0.95,
  targetUsage: 0.5,
  tableMemoryShare: 0.05,
  recentSeconds: 86_400,
  remindAfterSeconds: 86_400,
  flapSeconds: 86_400,
};
