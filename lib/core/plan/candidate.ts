import type { LimitValues } from '../artefacts/scope.js';
import type { Command } from '../judge/command.js';
import type { Assessment, Finding } from '../judge/finding.js';
import type { Reach } from '../judge/remedy.js';
import type { FactName, NodeFacts, Snapshot } from '../node/snapshot.js';

/** Entries that remedies are about: those of lookups, or those of connections that only wait. */
export interface Part {
  readonly of: 'lookups' | 'waiting';
  /** Their share of today's entries, 0..1. */
  readonly share: number;
}

/** What is left of today's entries, 0..1: the truth is from `least` to `most`. */
export interface Left {
  /** Absent: nobody knows how little. */
  readonly least?: number;
  readonly most: number;
  /** Half the width of the 95 % interval, 0..1 of today's entries; absent without a sample. */
  readonly margin?: number;
  /** Which entries go. Absent: of all alike. */
  readonly part?: Part;
}

/** What becomes of facts, each made of what it was and, where that matters, of the others. */
export type Sets = { readonly [N in FactName]?: SetFact<N> };

export type SetFact<N extends FactName> = (
  was: NodeFacts[N] | undefined,
  facts: NodeFacts,
) => NodeFacts[N] | undefined;

/** What a candidate makes of one node. */
export interface Change {
  /** The limit afterwards. Absent: it stays. */
  readonly limit?: number;
  /** Absent: all of them. */
  readonly left?: Left;
  /** What else of the facts is different afterwards, one after the other. */
  readonly sets?: readonly Sets[];
}

/** What a remedy says about one finding. */
export interface Member {
  readonly finding: Finding;
  readonly assessment: Assessment;
}

/** A remedy at one place, with all findings there that it helps. */
export interface Candidate {
  /** Of no other candidate: that of its action, and the type of instance where there may be several. */
  readonly id: string;
  readonly remedy: string;
  readonly title: string;
  readonly reach: Reach;
  readonly cluster: string;
  readonly nodeGroup?: string;
  readonly limit?: number;
  /** What kube-proxy's configuration is to say, where that is the way. */
  readonly kubeProxy?: LimitValues;
  readonly instanceType?: string;
  /** Place in the catalogue: what is quick and easy to undo comes first. */
  readonly rank: number;
  /** Worst first. */
  readonly members: readonly Member[];
  /** Ids of their findings. */
  readonly answers: ReadonlySet<string>;
  /** Seconds by sysctl without `nf_conntrack_`, where it shortens timeouts. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Of the place as a whole, where the assessment of one node does not say it. */
  readonly reason?: string;
  readonly steps?: readonly string[];
  /** The command that prints its files, where it is not that of a member. */
  readonly command?: Command;
  /** Nothing: it does not touch this node. */
  change(snapshot: Snapshot): Change | undefined;
}

/** Whether it changes nodes of the whole cluster. */
export function isClusterWide({ nodeGroup, kubeProxy }: Candidate): boolean {
  return nodeGroup === undefined || kubeProxy !== undefined;
}
