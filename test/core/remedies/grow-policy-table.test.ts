import { describe, expect, it } from 'vitest';
import type { NetworkPolicyAgent } from '../../../lib/core/node/snapshot.js';
import { growPolicyTable } from '../../../lib/core/remedies/grow-policy-table.js';
import { aCase } from '../../support/a-case.js';
import { aNodeUsing } from '../../support/a-node.js';

function assess(max: number, networkPolicyAgent?: NetworkPolicyAgent) {
  const { facts } = aNodeUsing(400_000, max);
  const agent = networkPolicyAgent === undefined ? {} : { networkPolicyAgent };
  return growPolicyTable.assess(aCase({ facts: { ...facts, ...agent } }, { rule: 'policy-table' }));
}

describe('grow-policy-table', () => {
  it('makes the table as large as that of the kernel', () => {
    const said = assess(800_000, { enabled: true });
    expect(said).toMatchObject({
      helps: true,
      reason: expect.stringContaining('use 50% of it, in place of 76%') as string,
    });
    expect(said?.steps[1]).toContain('{"nodeAgent":{"conntrackCacheTableSize":"800000"}}');
  });

  it('does not go beyond what the agent takes', () => {
    expect(assess(2_097_152, { enabled: true })?.steps[1]).toContain('"1048576"');
    expect(assess(2_097_152, { enabled: true, tableSize: 1_048_576 })).toMatchObject({
      helps: false,
      reason: 'it has 1,048,576 entries, and takes at most 1,048,576',
    });
  });

  it.each([
    { max: 524_288, helps: false },
    { max: 524_289, helps: true },
  ])('helps where the table is smaller than the kernel’s: $max', ({ max, helps }) => {
    expect(assess(max, { enabled: true })?.helps).toBe(helps);
  });

  it('has nothing to say where the agent enforces nothing, or does not run', () => {
    expect(assess(800_000, { enabled: false })).toBeUndefined();
    expect(assess(800_000)).toBeUndefined();
  });
});
