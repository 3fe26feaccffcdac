import type { Assessment } from './finding.js';
import type { InstanceShape, NodeGroupKind } from '../node/fleet.js';
import type { SilentReason } from '../node/silent-node.js';
import type { GroupLoad } from '../measure/group-load.js';
import type { Policy } from './policy.js';
import type { About, RuleText } from './rule.js';
import type { NodeFacts } from '../node/snapshot.js';

/** One finding's worst node, and the material for a remedy to weigh. */
export interface Case {
  /** Id of the rule that found it, and the kind of its findings. */
  readonly rule: string;
  readonly about: About;
  readonly facts: NodeFacts;
  readonly instanceType: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  /** Who makes the nodes of the group, and so where what lasts is written. */
  readonly nodeGroupKind: NodeGroupKind;
  /** The nodes of this group that were read, this one among them. */
  readonly group: GroupLoad;
  /** Every size of the families in use. */
  readonly shapes: readonly InstanceShape[];
  readonly policy: Policy;
}

/** What a remedy says about one case; `undefined` if it does not apply. */
export type Weighed = Omit<Assessment, 'id' | 'title' | 'enough'>;

/** What the files of a remedy need: the wanted limit, the address of the cluster's DNS service. */
export type FileNeed = 'limit' | 'dnsAddress';

/** Where a remedy is done: once for a cluster, for a node group, or for the pods that run on one. */
export const reaches = ['cluster', 'node-group', 'workload'] as const;
export type Reach = (typeof reaches)[number];

/** One thing to do. */
export interface Remedy {
  /** Stable, public and equal to the file name. */
  readonly id: string;
  /** What is done, as an imperative without a period. */
  readonly title: string;
  readonly reach: Reach;
  /** The kinds of findings that it may answer. */
  readonly answers: readonly About[];
  /** Ids of rules of other kinds that it answers as well, each with the reason. */
  readonly alsoAnswers?: Readonly<Record<string, string>>;
  /** Ids of rules of these kinds that it does not answer, each with the reason. */
  readonly leavesAlone?: Readonly<Record<string, string>>;
  /** What its files need. Absent: it has steps alone. */
  readonly files?: readonly FileNeed[];
  /** True: it gives a table more room, and does not touch what fills it. */
  readonly makesRoom?: true;
  /** True: it empties a table by one setting that is easy to undo, and touches no pod and no node. */
  readonly emptiesBySetting?: true;
  /** Why it cannot be done where EKS Auto Mode owns the nodes, and what can. Absent: it can. */
  readonly notOnAutoMode?: string;
  /** Pure. States the effect before anything is recommended. */
  assess(weighed: Case): Weighed | undefined;
  /** The same for a node that could not be read. */
  readonly assessSilent?: (reason: SilentReason) => Weighed;
}

/** Whether a remedy has something to say about the findings of a rule. */
export function isAnswer(remedy: Remedy, { id, about }: Pick<RuleText, 'id' | 'about'>): boolean {
  const { answers, alsoAnswers = {}, leavesAlone = {} } = remedy;
  const also = Object.hasOwn(alsoAnswers, id);
  return also || (answers.includes(about) && !Object.hasOwn(leavesAlone, id));
}
