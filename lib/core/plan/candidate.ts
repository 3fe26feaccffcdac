import type { Assessment, Finding } from '../judge/finding.js';
import type { Reach } from '../judge/remedy.js';
import type { Snapshot } from '../node/snapshot.js';

/** What a candidate makes of one node, as far as a table is concerned. */
export interface Change {
  /** The limit afterwards. Absent: it stays. */
  readonly limit?: number;
  /** What is left of today's entries, 0..1 or more. Absent: all of them. */
  readonly factor?: number;
  /** What the factor leaves open. */
  readonly bound?: 'at most' | 'at least';
}

/** What a remedy says about one finding, and whether it would end it. */
export interface Member {
  readonly finding: Finding;
  readonly assessment: Assessment;
}

/** A remedy at one place, with all findings there that it helps. */
export interface Candidate {
  readonly id: string;
  readonly remedy: string;
  readonly title: string;
  readonly reach: Reach;
  readonly cluster: string;
  readonly nodeGroup?: string;
  readonly limit?: number;
  readonly instanceType?: string;
  /** Place in the catalogue: what is quick and easy to undo comes first. */
  readonly rank: number;
  /** Worst first. */
  readonly members: readonly Member[];
  /** Nothing: it does not touch the table of this node. */
  change(snapshot: Snapshot): Change | undefined;
}
