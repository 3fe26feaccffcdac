import type { AuditRecord } from '../history/audit-record.js';
import type { Digest } from '../ledger/digest.js';
import type { Cluster, InstanceShape, Node } from '../node/fleet.js';
import type { Account, Gap } from '../node/gap.js';
import type { SilentReason } from '../node/silent-node.js';

/** Runs the story: a durable function, a plain one, or a laptop. */
export interface Orchestrator {
  /** Runs `work` once and remembers its result, which must be small, plain data (under 60 KB). */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  sleep(name: string, seconds: number): Promise<void>;
  /** Runs `work` for each item, a few at a time, in an orchestrator of its own. */
  map<I, O>(
    name: string,
    items: readonly I[],
    work: (item: I, orchestrator: Orchestrator) => Promise<O>,
  ): Promise<O[]>;
}

/** What a service would not tell beside what it told. Absent: nothing. */
interface WithGaps {
  readonly gaps?: readonly Gap[];
}

/** The clusters to audit, by their names. */
export interface FoundClusters {
  readonly clusters: readonly string[];
  /** Names of the clusters that nobody wants audited. */
  readonly others?: readonly string[];
  /** Names, not globs, that are wanted and that no cluster has. */
  readonly missing?: readonly string[];
}

/** What EKS says of clusters. One that it would not describe has a name only. */
export interface DescribedClusters extends WithGaps {
  readonly clusters: readonly Cluster[];
}

export interface FoundShapes extends WithGaps {
  readonly shapes: readonly InstanceShape[];
}

/** What EKS and EC2 know about the fleet. Fails only without the list of clusters, or that of instances. */
export interface FleetDirectory {
  readonly region: string;
  clusters(): Promise<FoundClusters>;
  /** Leaves out a cluster that was deleted meanwhile. */
  describe(clusters: readonly string[]): Promise<DescribedClusters>;
  /** Nothing where it cannot be known. */
  account(): Promise<Account | undefined>;
  /** Running instances that joined one of the clusters to audit, Auto Mode's included. */
  nodes(found: FoundClusters): Promise<Node[]>;
  /** Every size in the families of these types. */
  shapes(instanceTypes: readonly string[]): Promise<FoundShapes>;
}

/** Whether a node can be asked. */
export interface Reachability {
  readonly instanceId: string;
  readonly online: boolean;
  /** The operating system as the agent told it: `Bottlerocket` and `1.20.3`. Absent: it told none. */
  readonly platform?: { readonly name: string; readonly version?: string };
}

/** Systems Manager's word on every node that it knows; with a gap, of some of them or of none. */
export interface KnownNodes extends WithGaps {
  readonly nodes: readonly Reachability[];
}

/** One sent command: the nodes that it went to, and the nodes refused by name. */
export interface SentCommand extends WithGaps {
  /** Absent if every node was refused. */
  readonly commandId?: string;
  readonly instanceIds: readonly string[];
  /** Refused by Systems Manager. */
  readonly refused: readonly string[];
  /** Those to which the role may not send it. */
  readonly denied?: readonly string[];
  /** Those to which it did not go for a reason that is not theirs. */
  readonly unsent?: readonly string[];
}

/** How far commands are. */
export interface RunningCommands extends WithGaps {
  /** Ids of those that still run. With a gap it is not known which of them do. */
  readonly running: readonly string[];
}

/** What the nodes of one command did. Leaves out a node that Systems Manager does not list yet. */
export interface ReadCommand extends WithGaps {
  readonly invocations: readonly Invocation[];
}

/** What one node did with one command. */
export type Invocation =
  | { readonly instanceId: string; readonly status: 'answered'; readonly text: string }
  | { readonly instanceId: string; readonly status: 'silent'; readonly reason: SilentReason }
  | { readonly instanceId: string; readonly status: 'running' };

/** Asks nodes through SSM Run Command. Fails only where no node could be asked: there is no document. */
export interface NodeProbe {
  /** `instanceIds`: of these alone. Absent: of all that it knows. */
  reachability(instanceIds?: readonly string[]): Promise<KnownNodes>;
  /** Sends the probe to at most 50 nodes. */
  send(instanceIds: readonly string[], comment: string): Promise<SentCommand>;
  running(commandIds: readonly string[]): Promise<RunningCommands>;
  /** What each of the nodes did to which it was sent. Cut or damaged answers have been read once more. */
  read(commandId: string, instanceIds: readonly string[]): Promise<ReadCommand>;
}

/** What the support bundle of one node says. */
export interface BundleReading {
  /** The name of the bundle: a file, a folder or an object. */
  readonly name: string;
  readonly instanceId: string;
  /** In the form of the probe's answer. */
  readonly text: string;
  /** ISO 8601, UTC. Absent: not known. */
  readonly takenAt?: string;
  /** What it does not tell, in words. */
  readonly lacks: readonly string[];
  readonly notes: readonly string[];
}

/** The bundles that could be read; each of the others is a gap. */
export interface FoundBundles extends WithGaps {
  readonly readings: readonly BundleReading[];
}

/** The names of bundles. */
export interface BundleNames extends WithGaps {
  readonly names: readonly string[];
}

/** Support bundles that lie somewhere, each of one node. */
export interface BundleSource {
  /** Those that may tell of these nodes, which cannot be asked. */
  list(silent: ReadonlySet<string>): Promise<BundleNames>;
  /** Reads a few of them. */
  read(names: readonly string[]): Promise<FoundBundles>;
}

/** Keeps what an audit learned, by key. A key is written once or overwritten with the same story. */
export interface RunStore {
  /** Where a person finds the run: a folder, or an `s3://` address. */
  readonly location: string;
  put(key: string, value: unknown): Promise<void>;
  /** Keeps a text as it is, for people to open; `get` is for values alone. */
  putText(key: string, text: string, contentType: string): Promise<void>;
  /** Fails if the key was never written. */
  get(key: string): Promise<unknown>;
  keys(prefix: string): Promise<string[]>;
}

/** A change that a channel did not take, by the id of its finding. */
export interface Untaken {
  readonly id: string;
  readonly why: string;
  /** True: it will never take it, as it is. False: it may take it later. */
  readonly forGood: boolean;
}

/** A channel: tells people or machines what changed. Not called if nothing did. */
export interface Announcer {
  /** Says which changes were not taken while others were. Fails if nothing was. */
  publish(digest: Digest): Promise<readonly Untaken[]>;
}

/** Keeps the one ledger of an account and Region. */
export interface LedgerStore {
  /** Nothing before the first audit. `version` names this very text. */
  read(): Promise<{ readonly text: string; readonly version: string } | undefined>;
  /** Writes if the ledger still has that version; `undefined`: if there still is none. */
  write(text: string, expected: string | undefined): Promise<'written' | 'conflict'>;
  /** Sets a text aside where a person can find it, and gives the place. */
  setAside(name: string, text: string): Promise<string>;
}

/** Keeps numbers of an audit for graphs and questions. */
export interface Recorder {
  record(record: AuditRecord): Promise<void>;
}

/** News for the watcher of a long audit. */
export type Progress =
  | { readonly stage: 'discovered'; readonly clusters: number; readonly nodes: number }
  | { readonly stage: 'asked'; readonly nodes: number; readonly silent: number }
  | { readonly stage: 'waiting'; readonly running: number; readonly commands: number }
  | { readonly stage: 'read'; readonly answers: number }
  | { readonly stage: 'judged'; readonly findings: number };
