import { writes, type Write } from '../writes.js';

/** Kinds of a call of S3 that fails for ever. A put has no answer that could be malformed. */
export const storeKinds = ['refused', 'throttled', 'broken', 'hang', 'reset'] as const;

/** One thing that the bucket does not take for ever, and what becomes of the audit. */
export interface StoreRow {
  readonly write: Write;
  /** `ends`: the audit fails. `goes-on`: it does not. */
  readonly outcome: 'ends' | 'goes-on';
  readonly gets: string;
}

function rowOf(write: Write): StoreRow {
  if (write.about === 'history/') {
    const gets = 'every channel is told at once; the next message says that history is not kept';
    return { write, outcome: 'goes-on', gets };
  }
  const gets =
    write.marks === undefined
      ? 'no message: the audit fails and names the key; the next audit that may write tells, once'
      : 'the message; the audit fails and names the key; that channel is told once more later';
  return { write, outcome: 'ends', gets };
}

/** Everything that an audit puts into its bucket. */
export const storeRows: readonly StoreRow[] = writes
  .filter(({ on }) => on === 's3:PutObject')
  .map(rowOf);

/** What an audit reads of its bucket. Without it, it fails. */
export const readRows = [
  { name: 'whom to ask', on: 's3:GetObject', about: '/asking.json' },
  { name: 'which run it is', on: 's3:GetObject', about: '/run.json' },
  { name: 'the fleet', on: 's3:GetObject', about: '/fleet.json' },
  { name: 'the answers', on: 's3:GetObject', about: '/answers/' },
  { name: 'the ledger', on: 's3:GetObject', about: 'ledger' },
  { name: 'the list of answers', on: 's3:ListBucket', about: '' },
] as const;
