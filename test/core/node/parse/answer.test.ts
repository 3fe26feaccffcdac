import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../lib/core/node/parse/answer.js';

const whole = {
  v: 1,
  hostNetwork: true,
  entries: 5,
  max: 131_072,
  buckets: 65_536,
  stat: { drop: 2, early_drop: 0 },
  timeouts: { tcp_timeout_established: 86_400 },
  memTotalKiB: 1_000,
  memAvailableKiB: 500,
  vcpus: 2,
  threadsPerCore: 2,
  kernel: '6.1.141-155.222.amzn2023.x86_64',
  os: { id: 'amzn', version: '2023' },
  bootId: 'b0b0',
  uptime: 1_000.5,
  tableFull: { lines: 3, lastUptime: 900.5 },
};
const parse = (different: object = {}) => parseAnswer(JSON.stringify({ ...whole, ...different }));

describe('parseAnswer', () => {
  it('reads every fact of a whole answer', () => {
    expect(parse()).toEqual({
      reading: { entries: 5, max: 131_072, buckets: 65_536 },
      table: { entries: 5, max: 131_072, buckets: 65_536 },
      hash: { buckets: 65_536, entriesPerBucket: 5 / 65_536 },
      counters: { drop: 2, early_drop: 0 },
      timeouts: { tcp_timeout_established: 86_400 },
      memory: { totalBytes: 1_024_000, availableBytes: 512_000 },
      vcpus: 2,
      threadsPerCore: 2,
      kernel: '6.1.141-155.222.amzn2023.x86_64',
      os: { id: 'amzn', version: '2023' },
      boot: { id: 'b0b0', uptimeSeconds: 1_000.5 },
      tableFull: { lines: 3, secondsAgo: 100 },
      network: { host: true },
      kubeProxyConfigState: 'not-visible',
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'Linux ip-10-0-0-1'],
    ['a list', '[1]'],
    ['another version', '{"v":2}'],
    ['half an answer', JSON.stringify(whole).slice(0, 90)],
    ['more than the service carries', JSON.stringify({ v: 1, kernel: 'x'.repeat(24_000) })],
  ])('finds no answer in %s', (_, text) => {
    expect(parseAnswer(text)).toBeUndefined();
  });

  it('has a reading and no table where the limit is 0', () => {
    const { reading, table } = parse({ max: 0 }) ?? {};
    expect(reading).toEqual({ entries: 5, max: 0, buckets: 65_536 });
    expect(table).toBeUndefined();
  });

  it.each([
    { field: 'entries', value: -1, fact: 'table' },
    { field: 'max', value: 1.5, fact: 'table' },
    { field: 'max', value: '131072', fact: 'table' },
    { field: 'vcpus', value: 0, fact: 'vcpus' },
    { field: 'vcpus', value: 4_097, fact: 'vcpus' },
    { field: 'threadsPerCore', value: 0, fact: 'threadsPerCore' },
    { field: 'threadsPerCore', value: 9, fact: 'threadsPerCore' },
    { field: 'kernel', value: '6.1\u001b[31m', fact: 'kernel' },
    { field: 'kernel', value: 'x'.repeat(81), fact: 'kernel' },
    { field: 'os', value: { id: '<script>' }, fact: 'os' },
    { field: 'uptime', value: null, fact: 'boot' },
    { field: 'tableFull', value: { lines: 'many' }, fact: 'tableFull' },
    { field: 'hostNetwork', value: 1, fact: 'network' },
    { field: 'memTotalKiB', value: 0, fact: 'memory' },
    { field: 'entries', value: 4_294_967_296, fact: 'table' },
    { field: 'max', value: 4_294_967_296, fact: 'table' },
    { field: 'uptime', value: 1e300, fact: 'boot' },
    { field: 'memTotalKiB', value: 1e15, fact: 'memory' },
    { field: 'stat', value: { 'no name': 1, drop: 1e20 }, fact: 'counters' },
  ] as const)('leaves $fact absent where $field is $value', ({ field, value, fact }) => {
    expect(parse({ [field]: value })).not.toHaveProperty(fact);
    expect(parse({ [field]: value })).toHaveProperty('timeouts');
  });

  it('takes no -0 for a zero, and no seconds that no host was up', () => {
    const parsed = (text: string) => parseAnswer(`{"v":1,${text}}`);
    expect(parsed('"entries":-0,"max":5,"uptime":-0')).toEqual({
      reading: { max: 5 },
      kubeProxyConfigState: 'not-visible',
    });
    expect(parsed('"uptime":10000000000')?.boot).toEqual({ uptimeSeconds: 10_000_000_000 });
    expect(parsed('"uptime":10000000000.5')).not.toHaveProperty('boot');
    expect(
      parsed('"timeouts":{"udp_timeout":4294967296,"icmp_timeout":4294967295}')?.timeouts,
    ).toEqual({ icmp_timeout: 4_294_967_295 });
  });

  it('knows how many lines of the log name this host', () => {
    const log = { lines: 3, named: 2, lastUptime: 900.5 };
    expect(parse({ tableFull: log })?.tableFull).toEqual({ lines: 3, named: 2, secondsAgo: 100 });
    for (const named of [0, 4, '2']) {
      expect(parse({ tableFull: { ...log, named } })?.tableFull).not.toHaveProperty('named');
    }
  });

  it('never throws and never gives a table without a limit, whatever a node answers', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom(...Object.keys(whole), 'x') }), (answer) => {
        const facts = parse(answer);
        return facts === undefined || facts.table === undefined || facts.table.max > 0;
      }),
    );
  });
});
