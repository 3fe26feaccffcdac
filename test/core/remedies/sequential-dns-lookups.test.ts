import { describe, expect, it } from 'vitest';
import { sequentialDnsLookups } from '../../../lib/core/remedies/sequential-dns-lookups.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

describe('sequential-dns-lookups', () => {
  it('does not help a full table: usage stays what it is', () => {
    expect(
      sequentialDnsLookups.assess(aCase(aNode({ table: { entries: 3, max: 4 } }))),
    ).toMatchObject({
      helps: false,
      predicted: { limit: 4, usage: 0.75 },
      steps: [],
    });
  });

  it('predicts nothing without a table', () => {
    expect(sequentialDnsLookups.assess(aCase({ facts: {} }))?.predicted).toEqual({});
  });
});
