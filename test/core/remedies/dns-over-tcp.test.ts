import { describe, expect, it } from 'vitest';
import { dnsOverTcp } from '../../../lib/core/remedies/dns-over-tcp.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

/** 100,000 of 131,072 entries, of which this share are lookups. */
function resolving(share: number, rule = 'table-pressure', entries = 100_000) {
  const dns = { udp: 20_000 * share, tcp: 0, unreplied: 0 };
  const makeup = aMakeup({ listed: 20_000, dns });
  return aCase(aNode({ table: { entries, max: 131_072 }, makeup }), { rule });
}

describe('dns-over-tcp', () => {
  it('never helps: lookups hold their entries four times as long', () => {
    const said = dnsOverTcp.assess(resolving(0.2));
    expect(said).toMatchObject({
      helps: false,
      reason: expect.stringContaining('4 times') as string,
    });
    expect(said?.predicted).toEqual({ limit: 131_072, usage: 1, bound: 'at most' });
  });

  it.each([
    { timeouts: { tcp_timeout_time_wait: 60, udp_timeout: 30 }, factor: 2, words: '2 times' },
    { timeouts: { tcp_timeout_time_wait: 30, udp_timeout: 30 }, factor: 1, words: '1 times' },
    { timeouts: { tcp_timeout_time_wait: 120, udp_timeout: 50 }, factor: 2.4, words: '2.4 times' },
    { timeouts: { udp_timeout: 60 }, factor: 2, words: '2 times' },
    { timeouts: { udp_timeout: 0 }, factor: 1, words: '1 times' },
  ])('goes by the timeouts of the node: $timeouts', ({ timeouts, factor, words }) => {
    const { facts } = resolving(0.2, 'table-pressure', 50_000);
    const said = dnsOverTcp.assess(aCase({ facts: { ...facts, timeouts } }));
    expect(said?.predicted.usage).toBeCloseTo((50_000 / 131_072) * (0.8 + 0.2 * factor));
    expect(said?.reason).toContain(`${words} as long`);
  });

  it('says so even where the share of DNS is not known', () => {
    expect(dnsOverTcp.assess(aCase(aNode()))).toMatchObject({
      helps: false,
      predicted: { limit: 131_072 },
    });
  });

  it('leaves alone what is asked over TCP already, and says how sure it is of a sample', () => {
    const dns = { udp: 2_000, tcp: 2_000, unreplied: 0 };
    const makeup = aMakeup({ listed: 20_000, whole: false, dns });
    const said = dnsOverTcp.assess(
      aCase(aNode({ table: { entries: 50_000, max: 100_000 }, makeup })),
    );
    expect(said?.predicted.usage).toBeCloseTo(0.5 * 1.3);
    // 3 x 1.96 x sqrt(0.1 x 0.9 / 20,000 x (1 - 20,000 / 50,000)), of a usage of 0.5
    expect(said?.predicted.usageMargin).toBeCloseTo(0.004831, 5);
  });

  it('cures lookups that race where the table has room for it, at its price', () => {
    const said = dnsOverTcp.assess(resolving(0.2, 'insert-races', 50_000));
    expect(said).toMatchObject({
      helps: true,
      reason:
        'over TCP both questions share a connection, and do not race; its price: a lookup over a TCP connection of its own holds an entry 120 s in place of 30 s, 4 times as long; musl (Alpine) ignores use-vc',
    });
    expect(said?.predicted.usage).toBeCloseTo((50_000 / 131_072) * 1.6);
    expect(said?.steps[0]).toContain('use-vc');
  });

  it.each([
    { entries: 61_439, helps: true },
    { entries: 61_440, helps: false },
  ])('does not where it would fill the table: $entries entries', ({ entries, helps }) => {
    // 61,440 x 1.6 are 75 % of 131,072, the usage that is warned of.
    expect(dnsOverTcp.assess(resolving(0.2, 'insert-races', entries))?.helps).toBe(helps);
  });

  it('says that its price was not read, and what it would fill', () => {
    const unread = dnsOverTcp.assess(aCase(aNodeWithout('makeup'), { rule: 'insert-races' }));
    expect(unread).toMatchObject({
      helps: true,
      reason: expect.stringContaining('how many entries are lookups was not read') as string,
    });
    expect(dnsOverTcp.assess(resolving(0.2, 'insert-races'))?.reason).toContain(
      'may fill the table from 76% to 100%',
    );
    expect(dnsOverTcp.assess(resolving(0, 'insert-races'))?.helps).toBe(true);
  });

  it('does not help a table that was full, whose demand nobody knows', () => {
    const { facts } = resolving(0.2, 'insert-races', 10_000);
    const counters = { drop: 12, early_drop: 90 };
    const full = { ...facts, counters, tableFull: { lines: 1, secondsAgo: 60 } };
    expect(dnsOverTcp.assess(aCase({ facts: full }, { rule: 'insert-races' }))).toMatchObject({
      helps: false,
      reason: expect.stringContaining('the table was full of late without it') as string,
      predicted: { limit: 131_072 },
    });
  });
});
