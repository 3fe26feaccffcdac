import type { FactName } from '../node/snapshot.js';
import type { Command } from './command.js';
import type { Measures } from './measures.js';
import type { Severity } from './severity.js';

/** What a rule reports when a node fails it. */
export interface Problem {
  readonly severity: Severity;
  /** One sentence holding the numbers that were seen. */
  readonly summary: string;
  /** The same numbers for machines. */
  readonly measures: Measures;
  /** Where the numbers come from, when the rule can say. */
  readonly why?: string;
  /** Tells apart problems of one rule that people answer differently: each cause is a finding of its own. */
  readonly cause?: string;
}

/** The answer of one rule about one node. `unknown` and `crashed` are never folded into `pass`. */
export type Verdict =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'unknown'; readonly missing: readonly FactName[] }
  | { readonly verdict: 'crashed'; readonly error: string }
  | ({ readonly verdict: 'finding' } & Problem);

/** Which way the truth may lie from a number that is no value: a bound of it, and never passed. */
export type Bound = 'at most' | 'at least';

/** What a remedy would do. A number is absent where it cannot be predicted. */
export interface Effect {
  /** The type that a resize names. */
  readonly instanceType?: string;
  readonly limit?: number;
  /** Share 0..1 of the limit that the peak entries of today would then use. */
  readonly usage?: number;
  /** What `usage` is where it is no value; absent where it is one, or there is none. */
  readonly bound?: Bound;
  /** Half the width of the 95 % interval of `usage`, 0..1 of the limit; absent where no sample is behind it. */
  readonly usageMargin?: number;
}

/** One remedy, weighed for one finding. */
export interface Assessment {
  readonly id: string;
  readonly title: string;
  /** `null` where the facts do not carry a prediction. */
  readonly helps: boolean | null;
  /** False: it helps, and leaves the usage at or above the one that is warned of. Absent otherwise. */
  readonly enough?: false;
  /** The reason for `helps`, in one or two sentences with numbers. */
  readonly reason: string;
  readonly predicted: Effect;
  /** Commands and edits, in order; the last one says how to see that it worked. */
  readonly steps: readonly string[];
  /** What this program itself can do about it, after the steps. */
  readonly command?: Command;
}

/** One rule's finding about one node of a group. */
export interface NodeFinding {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly measures: Measures;
}

/** One rule x one node group: what people are told. */
export interface Finding {
  /** Stable from audit to audit: `rule/cluster/nodeGroup`, and `/cause` where the rule tells causes apart. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cluster: string;
  /** `*` where the finding is about the whole cluster. */
  readonly nodeGroup: string;
  readonly summary: string;
  readonly why?: string;
  /** Worst first. */
  readonly nodes: readonly NodeFinding[];
  /** Best first; the first one that helps is the recommendation. */
  readonly remedies: readonly Assessment[];
}
