import type { FactName } from '../node/snapshot.js';
import type { Command } from './command.js';
import type { Measures } from './measures.js';
import type { Severity } from './severity.js';

/** What a rule reports if a node fails it. */
export interface Problem {
  readonly severity: Severity;
  /** One sentence holding the numbers that were seen. */
  readonly summary: string;
  /** The same numbers for machines. */
  readonly measures: Measures;
  /** Where the numbers come from, if the rule can say. */
  readonly why?: string;
  /** Separates problems of one rule that people answer differently: each cause is its own finding. */
  readonly cause?: string;
}

/** The answer of one rule about one node. `unknown` and `crashed` are never folded into `pass`. */
export type Verdict =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'unknown'; readonly missing: readonly FactName[] }
  | { readonly verdict: 'crashed'; readonly error: string }
  | ({ readonly verdict: 'finding' } & Problem);

/** A number that is not a value is a bound: the truth is on one side of it. */
export type Bound = 'at most' | 'at least';

/** The effect of a remedy. A number that cannot be predicted is absent. */
export interface Effect {
  /** The type that a resize names. */
  readonly instanceType?: string;
  readonly limit?: number;
  /** Share 0..1 of that limit that today's peak entries use. */
  readonly usage?: number;
  /** The kind of bound that `usage` is. Absent: it is a value. */
  readonly bound?: Bound;
  /** Half the width of the 95 % interval of `usage`, 0..1 of the limit; absent without a sample. */
  readonly usageMargin?: number;
}

/** One remedy, weighed for one finding. */
export interface Assessment {
  readonly id: string;
  readonly title: string;
  /** `null` if the facts do not carry a prediction. */
  readonly helps: boolean | null;
  /** False: it helps, and leaves the usage at or above the warning threshold. Absent otherwise. */
  readonly enough?: false;
  /** The reason for `helps`, in one or two sentences with numbers. */
  readonly reason: string;
  readonly predicted: Effect;
  /** Commands and edits, in order; the last one says how to see that it worked. */
  readonly steps: readonly string[];
  /** What this program can do itself, after the steps. */
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

/** One rule x one node group, as people hear of it. */
export interface Finding {
  /** Stable from audit to audit: `rule/cluster/nodeGroup`, and `/cause` if the rule separates causes. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cluster: string;
  /** `*` if the finding is about the whole cluster. */
  readonly nodeGroup: string;
  readonly summary: string;
  readonly why?: string;
  /** Worst first. */
  readonly nodes: readonly NodeFinding[];
  /** Best first; the first one that helps is the recommendation. */
  readonly remedies: readonly Assessment[];
}
