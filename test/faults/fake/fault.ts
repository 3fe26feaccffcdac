/**
 * What a service does instead of answering. `refused`: IAM says no, and names the resource. `refused-bare`: IAM
 * says no and names nothing. `disabled`: the service is not enabled in this account. `throttled`, `broken`
 * (500), `reset` (the connection), `hang` (no answer, ever), `malformed` (a body that does not parse), `empty` (an empty
 * body with status 200). `crash`: the process that asked dies at this call. `refused-items`: the call works, and
 * refuses those of its items that it is about, whenever they come. `broken-items`: the same, as its own fault. `short`: a list leaves out what the fault is about.
 */
export type FaultKind =
  | 'refused'
  | 'refused-bare'
  | 'disabled'
  | 'throttled'
  | 'broken'
  | 'reset'
  | 'hang'
  | 'malformed'
  | 'empty'
  | 'crash'
  | 'refused-items'
  | 'broken-items'
  | 'short';

/** One fault of the account, by operation, subject, step and count. */
export interface Fault {
  /** `eks:DescribeCluster`. */
  readonly on: string;
  readonly kind: FaultKind;
  /** A text that the call's subject holds: a cluster, an instance, a key. Absent: any subject. */
  readonly about?: string;
  /** Name of the orchestrator's step within which it happens. Absent: any. */
  readonly step?: string;
  /** The first matching call that fails, from 1. @default 1 */
  readonly from?: number;
  /** How many calls fail. @default - all from there on */
  readonly times?: number;
  /** True: the service does its work before. @default false */
  readonly after?: boolean;
}

/** One call as the account saw it. */
export interface Call {
  readonly operation: string;
  /** What it is about: a cluster, a key, a body. */
  readonly subject: string;
  readonly step: string;
  /** The fault that it met. */
  readonly met?: FaultKind;
}

/** Counts the calls that match each fault. */
export class Faults {
  readonly #faults: readonly Fault[];
  readonly #met: number[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
    this.#met = faults.map(() => 0);
  }

  /** The fault that this call meets, if any. */
  meet(call: Call): Fault | undefined {
    let found: Fault | undefined;
    for (const [at, fault] of this.#faults.entries()) {
      if (!isAbout(fault, call)) continue;
      const nth = (this.#met[at] = (this.#met[at] ?? 0) + 1);
      const { from = 1, times = Infinity } = fault;
      if (found === undefined && nth >= from && nth < from + times) found = fault;
    }
    return found;
  }
}

function isAbout({ on, kind, about = '', step }: Fault, call: Call): boolean {
  if (on !== call.operation) return false;
  // What a list leaves out is in its answer, and not in what is asked.
  if (kind !== 'short' && !call.subject.includes(about)) return false;
  return step === undefined || step === call.step;
}
