import { describe, expect, it } from 'vitest';
import { nodeLocalDnsCache } from '../../../lib/core/remedies/node-local-dns-cache.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNodeUsing } from '../../support/a-node.js';

describe('node-local-dns-cache', () => {
  it('predicts no usage where the share of DNS was not read, and says how to read it', () => {
    const said = nodeLocalDnsCache.assess(aCase(aNodeUsing(120_000, 131_072)));
    expect(said).toMatchObject({ helps: null, predicted: { limit: 131_072 } });
    expect(said?.predicted).not.toHaveProperty('usage');
    expect(said?.steps[0]).toContain('conntrack -L -p udp --orig-port-dst 53');
  });

  it('promises no limit where there is no table', () => {
    expect(nodeLocalDnsCache.assess(aCase({ facts: {} }))?.predicted).toEqual({});
  });

  it('predicts usage without the lookups where their share was read', () => {
    const { facts } = aNodeUsing(100_000, 131_072);
    const makeup = aMakeup({ listed: 20_000, dns: { udp: 12_000, tcp: 0, unreplied: 0 } });
    const said = nodeLocalDnsCache.assess(aCase({ facts: { ...facts, makeup } }));
    expect(said).toMatchObject({
      helps: true,
      reason: 'DNS holds 60% of the table, and leaves it',
    });
    expect(said?.predicted.usage).toBeCloseTo((100_000 / 131_072) * 0.4);
  });
});
