import { describe, expect, it } from 'vitest';
import { parseEntryBytes, parseNodeLocalDns } from '../../../../lib/core/node/parse/host.js';

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
