import { describe, expect, it } from 'vitest';
import { dnsOverTcp } from '../../../lib/core/remedies/dns-over-tcp.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode } from '../../support/a-node.js';

/** 100,000 of 131,072 entries, of which this share are lookups. */
function resolving(share: number) {
  const dns = { udp: 20_000 * share, tcp: 0, unreplied: 0 };
  const makeup = aMakeup({ listed: 20_000, dns });
  return aCase(aNode({ table: { entries: 100_000, max: 131_072 }, makeup }));
}

describe('dns-over-tcp', () => {
  it('never helps: lookups hold their entries four times as long', () => {
    const said = dnsOverTcp.assess(resolving(0.2));
    expect(said).toMatchObject({
      helps: false,
      reason: expect.stringContaining('4 times') as string,
    });
    expect(said?.predicted.usage).toBeCloseTo((100_000 / 131_072) * 1.6);
  });

  it('says so even where the share of DNS is not known', () => {
    expect(dnsOverTcp.assess(aCase(aNode()))).toMatchObject({
      helps: false,
      predicted: { limit: 131_072 },
    });
  });
});
