import type { LimitValues } from '../artefacts/scope.js';
import type { Effect } from '../judge/finding.js';
import type { Reach } from '../judge/remedy.js';
import type { Severity } from '../judge/severity.js';
import type { Command } from '../judge/command.js';

/** Where an action is done. */
export interface Scope {
  readonly reach: Reach;
  readonly cluster: string;
  /** Absent where it is done once for the whole cluster. */
  readonly nodeGroup?: string;
}

/** What actions do to the fullest table of one node group. */
export interface GroupEffect {
  readonly cluster: string;
  readonly nodeGroup: string;
  /** Nodes of the group whose table was read. */
  readonly nodes: number;
  /** The node that is the fullest afterwards. */
  readonly worst: string;
  readonly before: Effect;
  readonly after: Effect;
}

/** A finding, as far as a plan speaks of it. */
export interface PlannedFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly nodes: number;
}

/** Another way to settle what an action settles. Do one of them. */
export interface Alternative {
  readonly remedy: string;
  readonly title: string;
  readonly reason: string;
}

/** One thing to do, once, at the place where it is done. */
export interface Action {
  /** `raise-limit/storefront`: remedy, cluster and, where it is done there, node group. */
  readonly id: string;
  readonly remedy: string;
  /** An imperative with its parameters: `Set conntrack.min of kube-proxy to 524,288 in storefront`. */
  readonly title: string;
  readonly scope: Scope;
  readonly limit?: number;
  /** What kube-proxy's configuration is to say, where that is how the limit is set. */
  readonly kubeProxy?: LimitValues;
  readonly instanceType?: string;
  /** Seconds by sysctl without `nf_conntrack_`, where timeouts are shortened. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Per node group with a table that changes, the fullest first: from what the actions before it leave. */
  readonly effects: readonly GroupEffect[];
  /** Findings that are over once this, and all actions before it, are done. Worst first. */
  readonly settles: readonly PlannedFinding[];
  /** Findings that are less bad once it is done, and that nothing known ends. Absent: none. */
  readonly eases?: readonly PlannedFinding[];
  /** Nodes of the findings that it settles or eases, each counted once. */
  readonly nodes: number;
  /** The reason in numbers: of the whole place, or of the worst finding that it settles. */
  readonly reason: string;
  /** What it costs and risks, in words. */
  readonly price: string;
  /** How to take it back. Absent: there is nothing to take back. */
  readonly undo?: string;
  /** How the next audit shows that it worked. */
  readonly proof?: string;
  /** Commands and edits, in order, with how to undo it and how to see that it worked. */
  readonly steps: readonly string[];
  readonly command?: Command;
  readonly alternatives: readonly Alternative[];
}

/** Why no action settles a finding. */
export interface Unsettled extends PlannedFinding {
  readonly why: string;
}

/** What would not help, said once for all findings that ask. */
export interface Rejected {
  readonly remedy: string;
  readonly title: string;
  /** That of most of the findings. */
  readonly reason: string;
  readonly findings: readonly string[];
  /** Other reasons that are not told here. Absent: none. */
  readonly otherReasons?: number;
}

/** The fewest actions that settle what can be settled, best first. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly unsettled: readonly Unsettled[];
  readonly rejected: readonly Rejected[];
  /** Once all is done, per node group whose table changes, the fullest first. */
  readonly effects: readonly GroupEffect[];
}
