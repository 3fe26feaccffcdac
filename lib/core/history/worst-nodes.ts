import { usageOf, type NodeIdentity, type NodeReading, type Question } from './question.js';

/** How many nodes to name. A house choice: a person reads no more. */
export const WORST_NODES = 20;

/** One node over the days in question. */
export interface WorstNode extends NodeIdentity {
  /** Packets of new flows refused, where audits could tell. */
  readonly packets_dropped: number;
  /** Shares 0..1 of the limit at that time. */
  readonly peak_usage: number;
  readonly mean_usage: number;
  /** The table at the peak. */
  readonly entries: number;
  readonly max: number;
  /** ISO 8601, UTC: when the peak was first read. */
  readonly peak_at: string;
  /** Audits that read its table, and audits in which it was silent. */
  readonly readings: number;
  readonly silent: number;
}

interface Seen {
  node: NodeIdentity;
  dropped: number;
  peak: number;
  sum: number;
  entries: number;
  max: number;
  at: string;
  readings: number;
  silent: number;
}

/**
 * The worst nodes: first those that refused the most flows, as a burst between two audits shows in no
 * usage; then those with the fullest tables. Leaves out nodes that were never read.
 */
export function worstNodes(): Question<WorstNode[]> {
  const seen = new Map<string, Seen>();
  return {
    take(node, reading, at) {
      let known = seen.get(node.instance_id);
      if (known === undefined) {
        known = unseen(node, at);
        seen.set(node.instance_id, known);
      }
      add(known, reading, at);
    },
    answer: () =>
      [...seen.values()]
        .filter(({ readings }) => readings > 0)
        .sort(worstFirst)
        .slice(0, WORST_NODES)
        .map(worstNode),
  };
}

function unseen(node: NodeIdentity, at: string): Seen {
  return { node, dropped: 0, peak: -1, sum: 0, entries: 0, max: 0, at, readings: 0, silent: 0 };
}

function add(known: Seen, reading: NodeReading, at: string): void {
  if (reading.silent !== undefined) known.silent += 1;
  known.dropped += reading.drops ?? 0;
  const usage = usageOf(reading);
  if (usage === undefined) return;
  known.readings += 1;
  known.sum += usage;
  if (usage <= known.peak) return;
  const { entries = 0, max = 0 } = reading;
  Object.assign(known, { peak: usage, entries, max, at });
}

function worstFirst(a: Seen, b: Seen): number {
  const byId = a.node.instance_id < b.node.instance_id ? -1 : 1;
  return b.dropped - a.dropped || b.peak - a.peak || byId;
}

function worstNode({ node, dropped, peak, sum, at, ...counted }: Seen): WorstNode {
  const { readings } = counted;
  return {
    ...node,
    packets_dropped: dropped,
    peak_usage: peak,
    mean_usage: sum / readings,
    peak_at: at,
    ...counted,
  };
}
