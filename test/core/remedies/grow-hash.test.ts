import { describe, expect, it } from 'vitest';
import { growHash } from '../../../lib/core/remedies/grow-hash.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

function crowded(buckets: number, max = 1_000_000, entries = 900_000) {
  const hash = { buckets, entriesPerBucket: entries / buckets };
  return aCase(aNode({ table: { entries, max }, hash }), { rule: 'hash-crowding' });
}

describe('grow-hash', () => {
  it('gives a bucket for each entry that the limit allows, and says what they cost', () => {
    expect(growHash.assess(crowded(65_536))).toMatchObject({
      helps: true,
      reason: '1,048,576 buckets cost 8 MiB and hold 0.9 of the entries of today each',
      predicted: { limit: 1_000_000, usage: 0.9 },
      steps: expect.arrayContaining([
        expect.stringContaining('echo 1048576 > /sys/module/nf_conntrack/parameters/hashsize'),
        expect.stringContaining('undo: echo 65536'),
      ]) as string[],
    });
  });

  it('does not help where the buckets are there', () => {
    expect(growHash.assess(crowded(1_048_576))).toMatchObject({ helps: false, steps: [] });
    expect(growHash.assess(crowded(1_048_575))?.helps).toBe(true);
  });

  it('says nothing where the hash could not be read', () => {
    expect(growHash.assess(aCase({ facts: {} }))).toBeUndefined();
  });
});
