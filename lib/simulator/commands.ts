import type { ScriptResult } from './ssm-agent.js';

/**
 * `StatusDetails` of an invocation -> its `Status`.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html
 */
export const invocationStates = {
  Pending: 'Pending',
  'In Progress': 'InProgress',
  Success: 'Success',
  Failed: 'Failed',
  'Delivery Timed Out': 'TimedOut',
  'Execution Timed Out': 'TimedOut',
  Undeliverable: 'Failed',
  'Access Denied': 'Failed',
  InvalidPlatform: 'Failed',
  Terminated: 'Cancelled',
  Cancelled: 'Cancelled',
} as const;

export type InvocationState = keyof typeof invocationStates;

/** One command on one node. */
export interface Invocation {
  readonly instanceId: string;
  state: InvocationState;
  startedAt?: Date;
  endedAt?: Date;
  /** What the script printed. Absent where none ran. */
  result?: ScriptResult;
}

/** One SendCommand. */
export interface Command {
  readonly commandId: string;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly requestedAt: Date;
  /** Seconds for a node to pick the command up. */
  readonly deliverySeconds: number;
  /** Seconds that the script may take. */
  readonly executionSeconds: number;
  /** Plugin name of the document's step. */
  readonly plugin: string;
  readonly lines: readonly string[];
  readonly maxErrors: Threshold;
  readonly maxConcurrency: Threshold;
  readonly invocations: readonly Invocation[];
  /** True once somebody has read the end of each invocation. */
  wasRead?: boolean;
}

/** A number of nodes, as it was asked for and as it came out. */
export interface Threshold {
  /** `0` or `100%`. */
  readonly asked: string;
  readonly nodes: number;
}

/** True once nothing more will happen to an invocation. */
export function isOver({ state }: Pick<Invocation, 'state'>): boolean {
  return state !== 'Pending' && state !== 'In Progress';
}

/** True for the two ends that count toward `MaxErrors`; an invocation that never ran does not. */
export function isError({ state }: Pick<Invocation, 'state'>): boolean {
  return state === 'Failed' || state === 'Execution Timed Out';
}

/** The status of a whole command and its counts. */
export interface CommandStatus {
  readonly Status: string;
  readonly StatusDetails: string;
  readonly TargetCount: number;
  readonly CompletedCount: number;
  readonly ErrorCount: number;
  readonly DeliveryTimedOutCount: number;
}

/** Sums the invocations of a command up the way ListCommands shows them. */
export function statusOf({ invocations, maxErrors }: Command): CommandStatus {
  const count = (test: (invocation: Invocation) => boolean) => invocations.filter(test).length;
  const errors = count(isError);
  const details = detailsOf(invocations, errors > maxErrors.nodes);
  return {
    Status: statuses[details],
    StatusDetails: details,
    TargetCount: invocations.length,
    CompletedCount: count(isOver),
    ErrorCount: errors,
    DeliveryTimedOutCount: count(({ state }) => state === 'Delivery Timed Out'),
  };
}

/** `Incomplete`: not every node succeeded, and too few failed for `Failed`. */
const statuses = {
  Pending: 'Pending',
  'In Progress': 'InProgress',
  Success: 'Success',
  Failed: 'Failed',
  'Delivery Timed Out': 'TimedOut',
  Cancelled: 'Cancelled',
  Incomplete: 'Failed',
} as const;

function detailsOf(
  invocations: readonly Invocation[],
  tooManyErrors: boolean,
): keyof typeof statuses {
  const every = (wanted: InvocationState) => invocations.every(({ state }) => state === wanted);
  if (every('Pending')) return 'Pending';
  if (!invocations.every(isOver)) return 'In Progress';
  if (every('Success')) return 'Success';
  if (tooManyErrors) return 'Failed';
  if (every('Delivery Timed Out')) return 'Delivery Timed Out';
  return every('Cancelled') ? 'Cancelled' : 'Incomplete';
}
