import { describe, expect, it } from 'vitest';
import { LONGEST_DIGEST, MOST_PROMISES } from '../../../lib/core/ledger/bounds.js';
import type { Ledger, Promised } from '../../../lib/core/ledger/ledger.js';
import { claimedOf, claiming, withPromise, withTrouble } from '../../../lib/core/ledger/outbox.js';
import type { Transition } from '../../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { hour } from '../../support/an-audit.js';

const waiting = (runId: string): Promised => ({
  runId,
  promisedAt: hour(0),
  digest: aDigest([aTransition()], { runId }),
  owed: { hub: { tries: 1 } },
});
const runs = (count: number) => Array.from({ length: count }, (_, at) => `run-${at}`);
const own = aDigest([aTransition()], { runId: 'run-own' });

describe('promises that wait for a broken channel', () => {
  const kept = (count: number) =>
    withPromise(runs(count).map(waiting), own, ['hub'], hour(1)).map(({ runId }) => runId);

  it('are all kept while there are no more than 12', () => {
    expect(MOST_PROMISES).toBe(12);
    expect(kept(11)).toEqual([...runs(11), 'run-own']);
  });

  it('lose the oldest one when there are more', () => {
    expect(kept(12)).toEqual([...runs(12).slice(1), 'run-own']);
  });
});

describe('a promised digest', () => {
  /** A change of so many characters. */
  const long = (characters: number): Transition => {
    const { length } = JSON.stringify(aTransition({}, { summary: '' }));
    return aTransition({}, { summary: '-'.repeat(characters - length) });
  };
  const HALF = LONGEST_DIGEST / 2;
  /** How many of its changes the ledger holds, and what it says of the others. */
  const held = (...transitions: readonly Transition[]) => {
    const digest = aDigest(transitions, { notes: ['a note'] });
    const [promised] = withPromise([], digest, ['hub'], hour(0));
    return [promised?.digest.transitions.length, promised?.digest.notes];
  };

  it('is kept whole while it is shorter than 2 MiB', () => {
    expect(LONGEST_DIGEST).toBe(2_097_152);
    expect(held(long(HALF), long(HALF - 1))).toEqual([2, ['a note']]);
  });

  it('leaves out the mildest changes when it is longer, and says how many', () => {
    const [kept, notes] = held(long(HALF), long(HALF), aTransition());
    expect(kept).toBe(1);
    expect(notes).toEqual([
      'a note',
      '2 milder changes did not fit into the ledger: only the whole report tells of them',
    ]);
  });
});

describe('a promise that an older program wrote', () => {
  const { owed: _, ...older } = waiting('run-old');

  it('is owed to every channel', () => {
    const [promised] = withPromise([older], undefined, ['topic', 'hub'], hour(1));
    expect(promised).toEqual({ ...older, owed: { topic: {}, hub: {} } });
  });

  it('is told to every channel by the execution that claims it', () => {
    const ledger: Ledger = {
      schemaVersion: 1,
      region: 'us-east-1',
      runId: 'run-old',
      auditedAt: hour(0),
      nodes: {},
      findings: {},
      outbox: [older],
    };
    const claimed = claiming(ledger, 'one', ['topic', 'hub'], hour(1));
    expect(claimed.channels).toEqual(['topic', 'hub']);
    expect(claimedOf(claimed.ledger, 'hub', 'one')).toEqual([older.digest]);
  });
});

describe('the trouble of a channel', () => {
  const first = { since: hour(0), error: 'no route to host' };
  const later = { since: hour(1), error: 'access denied' };

  it('lasts since its first audit, and has what was said last', () => {
    expect(withTrouble({ hub: first }, 'hub', later)).toEqual({
      hub: { since: hour(0), error: 'access denied' },
    });
  });

  it('begins anew after the channel worked, or when another one is in trouble', () => {
    expect(withTrouble(undefined, 'hub', later)).toEqual({ hub: later });
    expect(withTrouble({ topic: first }, 'hub', later)).toEqual({ topic: first, hub: later });
  });
});
