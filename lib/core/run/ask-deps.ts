import type { Policy } from '../judge/policy.js';
import type { BundleSource, FleetDirectory, NodeProbe, Progress, RunStore } from './ports.js';

/** Everything needed to ask the nodes of a fleet. */
export interface AskDeps {
  readonly directory: FleetDirectory;
  readonly probe: NodeProbe;
  readonly store: RunStore;
  /** Bundles of nodes that cannot be asked. Absent: there are none. */
  readonly bundles?: BundleSource;
  /** The policy that judges the run, kept with it. */
  readonly policy: Policy;
  /** The time as ISO 8601, UTC. */
  readonly now: () => string;
  /** Seconds to wait before each look at the commands; together longer than a command may live. */
  readonly waits: readonly number[];
  /** The version of the probe that this program brings. Absent: answers of any are taken. */
  readonly probeVersion?: string;
  /** Whether an audit of no cluster or no node is an error: somebody waits for it. Absent: it is a report. */
  readonly mustFind?: boolean;
  /** Hears how far the audit is. */
  readonly watch?: (progress: Progress) => void;
}
