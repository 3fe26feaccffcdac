import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../lib/core/node/parse/answer.js';

const answer = {
  v: 1,
  entries: 1_000,
  max: 131_072,
  buckets: 32_768,
  uptime: 90_000.5,
  vcpus: 4,
  memTotalKiB: 8_000_000,
  stat: { drop: 5 },
  later: { seconds: 2, entries: 1_010, stat: { drop: 1 } },
  tableFull: { lines: 3, lastUptime: 80_000 },
  list: {
    read: 1_000,
    from: 'netlink',
    whole: true,
    proto: { tcp: 600 },
    tcp: { ESTABLISHED: 500 },
    ipv6: 0,
    unreplied: 10,
    assured: 500,
    dns: { udp: 100, tcp: 0, unreplied: 0 },
    ports: [['tcp/443', 400]],
    holders: [['10.0.0.1', 400]],
  },
};

/** The facts of the answer with another number at one place. */
function factsWith(path: string, value: string) {
  const text = JSON.stringify(answer, (_, item: unknown) => item);
  const changed = JSON.parse(text) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, changed);
  holder[last] = '<number>';
  return parseAnswer(JSON.stringify(changed).replace('"<number>"', value));
}

/** Each number that a node tells, the largest that is believed, and what is absent beyond it. */
const bounds: readonly (readonly [path: string, most: string, beyond: string, fact: string])[] = [
  ['entries', '4294967295', '4294967296', 'table'],
  ['max', '4294967295', '4294967296', 'table'],
  ['uptime', '10000000000', '10000000000.5', 'boot'],
  ['vcpus', '4096', '4097', 'vcpus'],
  ['memTotalKiB', '1099511627776', '1099511627777', 'memory'],
  ['stat.drop', '17592186044416', '17592186044417', 'counters'],
  ['later.seconds', '3600', '3600.5', 'churn'],
  ['later.entries', '4294967295', '4294967296', 'churn'],
  ['tableFull.lines', '4294967295', '4294967296', 'tableFull'],
  ['list.read', '4294967295', '4294967296', 'makeup'],
  ['list.dns.udp', '1000', '1001', 'makeup'],
];

describe('a number that a node tells', () => {
  it.each(bounds)('%s is believed up to %s, and absent from %s on', (path, most, beyond, fact) => {
    expect(factsWith(path, most)).toHaveProperty(fact);
    expect(factsWith(path, beyond)).not.toHaveProperty(fact);
  });

  it.each(
    bounds.flatMap(([path, , , fact]) =>
      [
        '-1',
        '-0',
        '1e300',
        '1e999',
        '-1e300',
        '9007199254740993',
        '"5"',
        'null',
        '[5]',
        'true',
      ].map((value) => [path, value, fact] as const),
    ),
  )('%s is absent where it is %s', (path, value, fact) => {
    expect(factsWith(path, value)).not.toHaveProperty(fact);
  });

  it('is absent where it counts more of a list than was listed', () => {
    expect(factsWith('list.proto.tcp', '1001')?.makeup?.protocols).toEqual({});
    expect(factsWith('list.tcp.ESTABLISHED', '1001')?.makeup?.tcpStates).toEqual({});
    expect(factsWith('list.ports', '[["tcp/443",1001]]')?.makeup?.ports).toEqual([]);
    expect(factsWith('list.holders', '[["10.0.0.1",1001]]')?.makeup?.holders).toEqual([]);
    expect(factsWith('list.holders', '[["10.0.0.1",1000]]')?.makeup?.holders).toHaveLength(1);
  });

  it('makes no table where the limit is 0', () => {
    expect(factsWith('max', '0')).toMatchObject({ reading: { max: 0 } });
    expect(factsWith('max', '0')).not.toHaveProperty('table');
  });
});
