import { describe, expect, it } from 'vitest';
import { lowerNdots } from '../../../lib/core/remedies/lower-ndots.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode } from '../../support/a-node.js';

/** 100,000 of 131,072 entries, of which this share are lookups. */
function resolving(share: number) {
  const dns = { udp: 20_000 * share, tcp: 0, unreplied: 0 };
  const makeup = aMakeup({ listed: 20_000, dns });
  return aCase(aNode({ table: { entries: 100_000, max: 131_072 }, makeup }));
}

describe('lower-ndots', () => {
  it('predicts that at best a fifth of the lookups is left', () => {
    const said = lowerNdots.assess(resolving(0.5));
    expect(said).toMatchObject({ helps: true, reason: expect.stringContaining('50%') as string });
    expect(said?.predicted.usage).toBeCloseTo((100_000 / 131_072) * 0.6);
  });

  it('does not help where nothing is looked up', () => {
    expect(lowerNdots.assess(resolving(0))?.helps).toBe(false);
  });

  it('predicts nothing where the entries were not listed, and says how to count', () => {
    const said = lowerNdots.assess(aCase(aNode()));
    expect(said).toMatchObject({ helps: null, predicted: {} });
    expect(said?.steps[0]).toContain('--orig-port-dst 53');
  });
});
