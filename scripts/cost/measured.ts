/** The calls and bytes of one audit's clients. */
export interface CallCount {
  /** `S3.PutObject` -> how often. Attempts that the SDK repeats are not counted. */
  readonly calls: Readonly<Record<string, number>>;
  /** Bytes put into the bucket, by what the key begins with. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Bytes of the message to the topic; 0 where nothing was told. */
  readonly messageBytes: number;
}

/** What a durable function bills for one audit, without its own execution. */
export interface OrchestrationCount {
  /** Within the branches of maps too. */
  readonly steps: number;
  readonly waits: number;
  readonly maps: number;
  readonly branches: number;
  /** Kept results, those of a branch twice. */
  readonly bytes: number;
  /** Of the process, simulated account included, outside of waiting. */
  readonly cpuSeconds: number;
}

/** One audit. */
export interface MeasuredAudit extends CallCount {
  readonly orchestration: OrchestrationCount;
  /** Bytes of the lines that carry metrics, and how many lines. */
  readonly emf: { readonly lines: number; readonly bytes: number; readonly metricsPerLine: number };
}

/** One fleet: its first audit, which tells everything, and a later one, in which nothing changed. */
export interface MeasuredFleet {
  readonly nodes: number;
  readonly clusters: number;
  readonly first: MeasuredAudit;
  readonly later: MeasuredAudit;
}

/** `docs/cost.measured.json`. */
export interface Measured {
  /** Day of the measurement, UTC. */
  readonly measuredOn: string;
  readonly fleets: readonly MeasuredFleet[];
  /** What a deployment with every default holds, from its template. */
  readonly deployed: {
    readonly alarms: number;
    readonly dashboards: number;
    readonly memoryMb: number;
    readonly runDays: number;
    readonly historyDays: number;
    readonly logDays: number;
    readonly executionDays: number;
  };
}
