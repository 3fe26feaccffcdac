import { describe, expect, it } from 'vitest';
import { lowerNdots } from '../../../lib/core/remedies/lower-ndots.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

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
    expect(said?.predicted.bound).toBe('at least');
  });

  it('does not help where nothing is looked up', () => {
    expect(lowerNdots.assess(resolving(0))?.helps).toBe(false);
  });

  it('says how sure it is of a sample', () => {
    const dns = { udp: 9_000, tcp: 1_000, unreplied: 0 };
    const makeup = aMakeup({ listed: 20_000, whole: false, dns });
    const said = lowerNdots.assess(
      aCase(aNode({ table: { entries: 100_000, max: 200_000 }, makeup })),
    );
    expect(said?.reason).toContain('DNS holds 50% ± 1% of the table');
    // 4/5 x 1.96 x sqrt(0.5 x 0.5 / 20,000 x (1 - 20,000 / 100,000)), of a usage of 0.5
    expect(said?.predicted.usageMargin).toBeCloseTo(0.002479, 5);
  });

  it('spares the resolver of the VPC one of two packets at best, and promises no usage', () => {
    expect(lowerNdots.assess({ ...resolving(0.5), rule: 'link-local-exceeded' })).toMatchObject({
      helps: true,
      reason:
        'of the 5 names that ndots:5 makes of an external one CoreDNS answers 3 itself and passes 2 on to the VPC resolver; with ndots:2 it passes on 1, so at best half of these packets are left (estimate)',
      predicted: {},
    });
  });

  it('predicts nothing where the entries were not listed, and says how to count', () => {
    const said = lowerNdots.assess(aCase(aNodeWithout('makeup')));
    expect(said).toMatchObject({ helps: null, predicted: {} });
    expect(said?.steps[0]).toContain('--orig-port-dst 53');
  });
});
