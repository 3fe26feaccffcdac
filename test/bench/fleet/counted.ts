/** What an account saw since it was asked the last time. */
export interface Counted {
  /** Answered calls by operation. */
  readonly calls: Record<string, number>;
  /** Calls that were refused as too many. */
  readonly throttled: Record<string, number>;
  /** What was put into the bucket. */
  readonly bytesWritten: number;
  /** When the first and the last call of an operation were answered, in milliseconds. */
  readonly spans: Record<string, readonly [first: number, last: number]>;
}

/** How slow an account is. */
export interface Slowness {
  /** Whether its services allow few calls a second. */
  readonly buckets: boolean;
  /** Milliseconds until an answer. */
  readonly latency: number;
}

/** Where one audit was when it spent its time, in the order of the audit. */
export const stages = ['discover', 'send', 'look', 'read', 'judge', 'record', 'tell'] as const;
export type Stage = (typeof stages)[number];

/** What one audit cost the process that audits. */
export interface Spent {
  readonly wallSeconds: number;
  readonly cpuSeconds: Readonly<Record<Stage, number>>;
  /** The most that the process held so far, in MB of 10^6 bytes: memory of the process, and its heap. */
  readonly peakRssMb: number;
  readonly peakHeapMb: number;
  /** What the audit returned. */
  readonly nodes: { readonly discovered: number; readonly read: number };
}
