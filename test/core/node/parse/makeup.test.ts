import { describe, expect, it } from 'vitest';
import { parseMakeup } from '../../../../lib/core/node/parse/makeup.js';
import { olderThan } from '../../../../lib/core/node/makeup.js';
import { expectedAnswer } from '../../../support/probe.js';

const busy = (await expectedAnswer('amazon-linux-2023-busy')) as { list: Record<string, unknown> };
const parse = (different: Record<string, unknown> = {}) =>
  parseMakeup({ list: { ...busy.list, ...different } });

describe('parseMakeup', () => {
  it('reads what the probe counted on the busy node', () => {
    expect(parse()).toEqual({
      source: 'netlink',
      listed: 26,
      whole: true,
      protocols: { tcp: 15, udp: 8, icmp: 1, gre: 1, other: 1 },
      tcpStates: { SYN_SENT: 1, ESTABLISHED: 9, CLOSE_WAIT: 1, TIME_WAIT: 3 },
      idleEstablished: 3,
      ipv6: 2,
      unreplied: 2,
      assured: 14,
      dns: { udp: 8, tcp: 1, unreplied: 1 },
      ages: {
        SYN_SENT: [0, 0, 0, 0, 1],
        ESTABLISHED: [0, 4, 0, 0, 0, 0, 1, 1, 3],
        CLOSE_WAIT: [0, 0, 0, 0, 1],
        TIME_WAIT: [0, 1, 1, 1],
        UDP: [3, 5],
      },
      unanswered: {
        entries: 2,
        states: { SYN_SENT: 1, udp: 1 },
        port: { port: 'tcp/8080', entries: 1 },
        holder: { address: '10.0.1.23', entries: 1, owner: 'shop/web-7d4b9c6f5-x2x9k' },
        toNobody: 1,
      },
      ports: [
        { port: 'tcp/443', entries: 9 },
        { port: 'udp/53', entries: 8 },
        { port: 'tcp/5432', entries: 2 },
        { port: 'tcp/10250', entries: 1 },
        { port: 'tcp/30080', entries: 1 },
        { port: 'tcp/53', entries: 1 },
      ],
      holders: [
        { address: '10.0.1.23', entries: 16, owner: 'shop/web-7d4b9c6f5-x2x9k' },
        { address: '10.0.0.5', entries: 4, owner: 'host' },
        { address: '10.0.1.40', entries: 3, owner: 'kube-system/coredns-5c9d7f8b6-4qkzt' },
        { address: '10.0.7.9', entries: 1 },
        { address: '2600:1f13:0:1::17', entries: 1, owner: 'shop/api-0' },
        { address: 'fe80::1', entries: 1, owner: 'host' },
      ],
    });
  });

  it.each([
    { from: 'elsewhere' },
    { from: undefined },
    { read: -1 },
    { read: '26' },
    { whole: 'yes' },
    { dns: { udp: 8, tcp: 1 } },
    { dns: [8, 1, 1] },
    { assured: 27 },
    { unreplied: undefined },
    { ipv6: 0.5 },
  ])('is nothing where the list says %j', (different) => {
    expect(parse(different)).toBeUndefined();
  });

  it.each([
    { entries: 152, whole: true },
    { entries: 153, whole: false },
    { entries: 42_000, whole: false },
    { entries: 0, whole: true },
    { entries: undefined, whole: true },
  ])('believes that 26 entries are all of $entries: $whole', ({ entries, whole }) => {
    expect(parseMakeup({ entries, list: busy.list })?.whole).toBe(whole);
    expect(parseMakeup({ entries, list: { ...busy.list, whole: false } })?.whole).toBe(false);
  });

  it.each([
    { UDP: [27] },
    { UDP: [13, 13], TIME_WAIT: [1] },
    { UDP: [-1] },
    { UDP: ['1'] },
    { UDP: [1, null] },
    { UDP: 5 },
    { UDP: Array.from({ length: 11 }, () => 0) },
    [1, 2],
  ])('knows no ages from %j', (ages) => {
    expect(parse({ ages })).not.toHaveProperty('ages');
  });

  it('knows of ages what it has a name for', () => {
    expect(parse({ ages: { UDP: [26], NEW: [5] } })?.ages).toEqual({ UDP: [26] });
    expect(parse({ ages: {} })?.ages).toEqual({});
  });

  it('counts what would be older than a shorter timeout', () => {
    const makeup = parse({ ages: { CLOSE_WAIT: [1, 2, 3, 4, 5] } }) ?? {};
    expect(olderThan(makeup, 'CLOSE_WAIT', 10)).toBe(14);
    expect(olderThan(makeup, 'CLOSE_WAIT', 60)).toBe(5);
    expect(olderThan(makeup, 'CLOSE_WAIT', 120)).toBe(0);
    expect(olderThan(makeup, 'TIME_WAIT', 10)).toBe(0);
    expect(olderThan({}, 'TIME_WAIT', 10)).toBeUndefined();
  });

  it.each([{ entries: 27 }, { states: { UDP: 1 } }, [1]])(
    'knows nobody unanswered from %j',
    (told) => {
      expect(parse({ unanswered: told })).not.toHaveProperty('unanswered');
    },
  );

  it('leaves out what is not known of the unanswered', () => {
    const states = { SYN_SENT: 3, udp: 1, '<b>': 7 };
    expect(parse({ unanswered: { entries: 4, states, toNobody: 5 } })?.unanswered).toEqual({
      entries: 4,
      states: { SYN_SENT: 3, udp: 1 },
    });
  });

  it('is nothing where nothing was listed', () => {
    expect(parseMakeup({})).toBeUndefined();
    expect(parseMakeup({ list: 'none' })).toBeUndefined();
  });

  it('takes as many assured entries as were listed', () => {
    expect(parse({ assured: 26 })).toHaveProperty('assured', 26);
  });

  it('does not know idle flows where the probe does not', () => {
    expect(parse({ idle: undefined })).not.toHaveProperty('idleEstablished');
    expect(parse({ idle: 27 })).not.toHaveProperty('idleEstablished');
  });

  it.each([
    [['10.0.0.1']],
    [['10.0.0.1', -1]],
    [['10.0.0.1 or so', 5]],
    [['<b>', 5]],
    [[7, 5]],
    ['10.0.0.1'],
    [null],
  ])('leaves out the holder %j', (row) => {
    expect(parse({ holders: [row, ['10.0.0.2', 3]] })?.holders).toEqual([
      { address: '10.0.0.2', entries: 3 },
    ]);
  });

  it.each(['shop', 'shop/', '/web', 'a/b/c', 'Shop/web', 'shop/<web>', 'shop/web\u001b[31m', 5])(
    'takes no owner from %j',
    (owner) => {
      expect(parse({ holders: [['10.0.0.2', 3, owner]] })?.holders).toEqual([
        { address: '10.0.0.2', entries: 3 },
      ]);
    },
  );

  it.each(['tcp', 'tcp/', 'tcp/123456', 'TCP/53', '/53', 'tcp/-1'])('takes no port %j', (port) => {
    expect(parse({ ports: [[port, 3]] })?.ports).toEqual([]);
  });

  it.each(['established', 'X', '__PROTO__', 'TIME-WAIT'])('takes no TCP state %j', (state) => {
    expect(parse({ tcp: { [state]: 3, CLOSE: 1 } })?.tcpStates).toEqual({ CLOSE: 1 });
  });

  it('takes 20 rows at most', () => {
    const holders = Array.from({ length: 50 }, (_, at) => [`10.0.0.${at}`, 1]);
    expect(parse({ holders })?.holders).toHaveLength(20);
  });
});
