import { describe, expect, it } from 'vitest';
import { settingsAfter } from '../../../lib/core/plan/facts-after.js';
import { settings } from '../../../lib/core/plan/settings.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';

const after = (remedy: string, facts: NodeFacts) => {
  const set = settings[remedy]?.([]);
  return settingsAfter(facts, set === undefined ? [] : [{ sets: [set] }]);
};

describe('what a remedy sets beside the table', () => {
  it.each([
    { max: 1_048_576, tableSize: 1_048_576 },
    { max: 1_048_577, tableSize: 1_048_576 },
    { max: 786_432, tableSize: 786_432 },
  ])('is a table of the agent of $tableSize for a limit of $max', ({ max, tableSize }) => {
    const facts = { table: { entries: 1, max }, networkPolicyAgent: { enabled: true } };
    expect(after('grow-policy-table', facts).networkPolicyAgent).toEqual({
      enabled: true,
      tableSize,
    });
  });

  it('is a bucket for each entry of the limit, and never fewer than there are', () => {
    const table = { entries: 131_072, max: 262_144 };
    const buckets = (now: number) =>
      after('grow-hash', { table, hash: { buckets: now, entriesPerBucket: 1 } }).hash;
    expect(buckets(65_536)).toEqual({ buckets: 262_144, entriesPerBucket: 0.5 });
    expect(buckets(524_288)).toEqual({ buckets: 524_288, entriesPerBucket: 0.25 });
  });

  it('is nothing where there is no table to go by', () => {
    const agent = { networkPolicyAgent: { enabled: true } };
    expect(after('grow-policy-table', agent)).toEqual(agent);
    const hash = { hash: { buckets: 1_024, entriesPerBucket: 1 } };
    expect(after('grow-hash', hash)).toEqual(hash);
  });
});
