import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Change } from '../../../lib/core/plan/candidate.js';
import { factsAfter, factsWith, settingsAfter } from '../../../lib/core/plan/facts-after.js';
import { aNodeUsing } from '../../support/a-node.js';

const { node, facts } = aNodeUsing(90_000, 100_000);
const before = {
  ...facts,
  counters: { drop: 7, early_drop: 3 },
  churn: { seconds: 2, entries: 5, counters: { drop: 1 } },
  tableFull: { lines: 4, secondsAgo: 60 },
  timeouts: { udp_timeout: 30, tcp_timeout_established: 86_400 },
};
const after = (changes: readonly Change[]) =>
  factsAfter({ node, facts: before }, changes, defaultPolicy);
const sets = (name: string, seconds: number): Change => ({
  sets: [{ timeouts: (timeouts) => ({ ...timeouts, [name]: seconds }) }],
});

describe('the facts of a node after changes', () => {
  it('are those of a time in which nothing happened', () => {
    const { counters, growth, churn, tableFull } = after([]);
    expect(counters).toEqual({ drop: 7, early_drop: 3 });
    expect(growth?.counters).toEqual({ drop: 0, early_drop: 0 });
    expect({ churn, tableFull }).toEqual({ churn: undefined, tableFull: { lines: 0 } });
  });

  it('tell of growth where there was none before, as the next audit does', () => {
    const { counters: _counters, growth: _growth, ...others } = before;
    const { counters, growth } = factsAfter({ node, facts: others }, [], defaultPolicy);
    expect(counters).toEqual({});
    expect(growth).toMatchObject({ counters: {}, exceeded: {} });
  });

  it('have what each change set, one after the other', () => {
    const both = [sets('udp_timeout', 10), sets('tcp_timeout_established', 7_440)];
    const wanted = { udp_timeout: 10, tcp_timeout_established: 7_440 };
    expect(after(both).timeouts).toEqual(wanted);
    expect(settingsAfter(before, both).timeouts).toEqual(wanted);
    expect(settingsAfter(before, both).churn).toEqual(before.churn);
  });

  it('are no more than whoever asks reads', () => {
    const limit = { limit: 400_000, most: 0.25, margin: 0, wasFull: false };
    const some = factsWith({ facts: before }, [], limit, ['table', 'churn', 'vcpus', 'hash']);
    const { vcpus } = before;
    expect(some).toEqual({
      table: { ...before.table, entries: 100_000, max: 400_000 },
      ...(vcpus !== undefined && { vcpus }),
      ...(before.hash && {
        hash: { ...before.hash, entriesPerBucket: 100_000 / before.hash.buckets },
      }),
    });
  });
});
