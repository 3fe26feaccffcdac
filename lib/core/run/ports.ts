import type { AuditRecord } from '../history/audit-record.js';
import type { Digest } from '../ledger/digest.js';
import type { Cluster, InstanceShape, Node } from '../node/fleet.js';
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

/** What EKS and EC2 know about the fleet. */
export interface FleetDirectory {
  readonly region: string;
  clusters(): Promise<Cluster[]>;
  /** Running instances that joined one of these clusters, Auto Mode's included. */
  nodes(clusters: readonly Cluster[]): Promise<Node[]>;
  /** Every size in the families of these types. */
  shapes(instanceTypes: readonly string[]): Promise<InstanceShape[]>;
}

/** Whether a node can be asked. */
export interface Reachability {
  readonly instanceId: string;
  readonly online: boolean;
  /** The operating system as the agent told it: `Bottlerocket` and `1.20.3`. Absent: it told none. */
  readonly platform?: { readonly name: string; readonly version?: string };
}

/** One sent command: the nodes that it went to, and the nodes refused by name. */
export interface SentCommand {
  /** Absent if every node was refused. */
  readonly commandId?: string;
  readonly instanceIds: readonly string[];
  /** Refused by Systems Manager. */
  readonly refused: readonly string[];
  /** Those to which the role may not send it. */
  readonly denied?: readonly string[];
}

/** What one node did with one command. */
export type Invocation =
  | { readonly instanceId: string; readonly status: 'answered'; readonly text: string }
  | { readonly instanceId: string; readonly status: 'silent'; readonly reason: SilentReason }
  | { readonly instanceId: string; readonly status: 'running' };

/** Asks nodes through SSM Run Command. */
export interface NodeProbe {
  /** Systems Manager's word on every node it knows in the account and Region. */
  reachability(): Promise<Reachability[]>;
  /** Sends the probe to at most 50 nodes. */
  send(instanceIds: readonly string[], comment: string): Promise<SentCommand>;
  /** Which of these commands are still running. */
  running(commandIds: readonly string[]): Promise<string[]>;
  /** What each node did. Cut or damaged answers have been read once more. */
  read(commandId: string): Promise<Invocation[]>;
}

/** Keeps what an audit learned, by key. A key is written once or overwritten with the same story. */
export interface RunStore {
  /** Where a person finds the run: a folder, or an `s3://` address. */
  readonly location: string;
  put(key: string, value: unknown): Promise<void>;
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
