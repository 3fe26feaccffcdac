import { describe, expect, it } from 'vitest';
import { trailingDot } from '../../../lib/core/remedies/trailing-dot.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

/** 100,000 of 131,072 entries, of which this share are lookups. */
function resolving(share: number) {
  const dns = { udp: 20_000 * share, tcp: 0, unreplied: 0 };
  const makeup = aMakeup({ listed: 20_000, dns });
  return aCase(aNode({ table: { entries: 100_000, max: 131_072 }, makeup }));
}

describe('trailing-dot', () => {
  it('promises no number, as it is about single names', () => {
    expect(trailingDot.assess(resolving(0.4))).toMatchObject({
      helps: null,
      reason: expect.stringContaining('40%') as string,
      predicted: {},
    });
    expect(trailingDot.assess(aCase(aNodeWithout('makeup')))?.reason).toContain('was not read');
  });

  it.each([
    { share: 0, helps: false },
    { share: 0.0001, helps: null },
  ])('saves nothing where nothing is looked up: $share of the table', ({ share, helps }) => {
    expect(trailingDot.assess(resolving(share))?.helps).toBe(helps);
  });

  it('says how sure it is of the share that it may save of', () => {
    const dns = { udp: 8_000, tcp: 0, unreplied: 0 };
    const makeup = aMakeup({ listed: 20_000, whole: false, dns });
    const said = trailingDot.assess(
      aCase(aNode({ table: { entries: 100_000, max: 131_072 }, makeup })),
    );
    expect(said?.reason).toContain('out of the 40% ± 1% that DNS holds');
  });
});
