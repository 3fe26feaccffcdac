import { describe, expect, it } from 'vitest';
import {
  parseEntryBytes,
  parseNetworkPolicyAgent,
  parseNodeLocalDns,
} from '../../../../lib/core/node/parse/host.js';

describe('parseNodeLocalDns', () => {
  const parse = (nodeLocal: unknown) => parseNodeLocalDns({ nodeLocal });

  it('tells an installation that keeps lookups out from one whose rules are not known', () => {
    expect(parse({ interface: true, rules: 3, packets: 1_234 })).toEqual({
      interface: true,
      rules: 3,
      packets: 1_234,
    });
    expect(parse({ interface: true })).toEqual({ interface: true });
    expect(parse({ interface: false })).toEqual({ interface: false });
  });

  it.each([undefined, {}, { interface: 1 }, { interface: 'true' }, []])(
    'knows nothing from %j',
    (told) => {
      expect(parse(told)).toBeUndefined();
    },
  );
});

describe('parseNetworkPolicyAgent', () => {
  const parse = (policyAgent: unknown) => parseNetworkPolicyAgent({ policyAgent });

  it.each([
    { tableSize: 32_767, known: undefined },
    { tableSize: 32_768, known: 32_768 },
    { tableSize: 1_048_576, known: 1_048_576 },
    { tableSize: 1_048_577, known: undefined },
    { tableSize: undefined, known: undefined },
  ])('takes a table of $tableSize entries as $known', ({ tableSize, known }) => {
    expect(parse({ enabled: true, tableSize })?.tableSize).toBe(known);
  });

  it('knows one that enforces nothing, and none', () => {
    expect(parse({ enabled: false })).toEqual({ enabled: false });
    expect(parse({ tableSize: 32_768 })).toBeUndefined();
    expect(parse(undefined)).toBeUndefined();
  });
});

describe('parseEntryBytes', () => {
  it.each([
    { entryBytes: 199, known: undefined },
    { entryBytes: 200, known: 200 },
    { entryBytes: 256, known: 256 },
    { entryBytes: 1_024, known: 1_024 },
    { entryBytes: 1_025, known: undefined },
    { entryBytes: '256', known: undefined },
  ])('takes $entryBytes bytes as $known', ({ entryBytes, known }) => {
    expect(parseEntryBytes({ entryBytes })).toBe(known);
  });
});
