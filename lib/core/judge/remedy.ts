import type { Assessment } from './finding.js';
import type { InstanceShape } from '../node/fleet.js';
import type { GroupLoad } from '../measure/group-load.js';
import type { Policy } from './policy.js';
import type { NodeFacts } from '../node/snapshot.js';

/** One finding's worst node, and what a remedy may weigh it against. */
export interface Case {
  /** Id of the rule that found it. */
  readonly rule: string;
  readonly facts: NodeFacts;
  readonly instanceType: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  /** The nodes of this group that were read, this one among them. */
  readonly group: GroupLoad;
  /** Every size of the families in use. */
  readonly shapes: readonly InstanceShape[];
  readonly policy: Policy;
}

/** What a remedy says of one case; `undefined` when it has nothing to do with it. */
export type Weighed = Omit<Assessment, 'id' | 'title'>;

/** One thing to do. */
export interface Remedy {
  /** Stable, public and equal to the file name. */
  readonly id: string;
  /** What is done, as an imperative without a period. */
  readonly title: string;
  /** Ids of the rules whose findings it may answer. */
  readonly answers: readonly string[];
  /** Pure. States the effect before anything is recommended. */
  assess(weighed: Case): Weighed | undefined;
}
