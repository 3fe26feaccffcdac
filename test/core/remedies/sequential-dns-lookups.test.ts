import { describe, expect, it } from 'vitest';
import { sequentialDnsLookups } from '../../../lib/core/remedies/sequential-dns-lookups.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';

describe('sequential-dns-lookups', () => {
  it('does not help a full table: the share of DNS may double', () => {
    const table = { entries: 50_000, max: 100_000 };
    const makeup = aMakeup({ listed: 20_000, dns: { udp: 8_000, tcp: 0, unreplied: 0 } });
    const said = sequentialDnsLookups.assess(aCase(aNode({ table, makeup })));
    expect(said).toMatchObject({ helps: false, predicted: { limit: 100_000 }, steps: [] });
    expect(said?.predicted.usage).toBeCloseTo(0.7);
  });

  it('predicts no usage where the share of DNS was not read', () => {
    const said = sequentialDnsLookups.assess(aCase(aNodeUsing(3, 4)));
    expect(said?.predicted).toEqual({ limit: 4 });
  });

  it('cures lookups that race, and states its price', () => {
    const table = { entries: 50_000, max: 100_000 };
    const makeup = aMakeup({ listed: 20_000, dns: { udp: 8_000, tcp: 4_000, unreplied: 0 } });
    const said = sequentialDnsLookups.assess(
      aCase(aNode({ table, makeup }), { rule: 'insert-races' }),
    );
    expect(said).toMatchObject({
      helps: true,
      reason:
        'it parts lookups that race for one entry; its price: A and AAAA have an entry each, so DNS may hold up to twice as many; musl (Alpine) ignores it',
      predicted: { limit: 100_000 },
    });
    expect(said?.predicted.usage).toBeCloseTo(0.7);
    expect(said?.steps[0]).toContain('single-request-reopen');
  });

  it('predicts nothing without a table', () => {
    expect(sequentialDnsLookups.assess(aCase({ facts: {} }))?.predicted).toEqual({});
  });
});
