import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ages, Makeup } from '../../../lib/core/node/makeup.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { isAnswer } from '../../../lib/core/judge/remedy.js';
import { rules } from '../../../lib/core/rules/index.js';
import { remedies } from '../../../lib/core/remedies/index.js';
import { asItIs } from '../../../lib/core/remedies/shared/sizing.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { weigh } from '../../../lib/core/judge/weigh.js';
import { bundledShapes } from '../../../lib/core/limit/instance-shapes.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';

const answered = rules
  .filter((rule) => remedies.some((remedy) => isAnswer(remedy, rule)))
  .map(({ id }) => id);
const m5 = bundledShapes.filter(({ instanceType }) => instanceType.startsWith('m5.'));

const upTo = (max: number) => fc.integer({ min: 0, max });
const owners = fc.constantFrom('kube-system/coredns-1', 'default/web-0', 'host', undefined);

/** Any list: every number counts among those that were listed, as far as the kernel keeps them apart. */
const makeups: fc.Arbitrary<Makeup> = upTo(20_000).chain((listed) =>
  fc.record({
    source: fc.constant('netlink' as const),
    listed: fc.constant(listed),
    whole: fc.boolean(),
    protocols: fc.constant({}),
    tcpStates: upTo(listed).chain((CLOSE_WAIT) =>
      upTo(listed - CLOSE_WAIT).map((TIME_WAIT) => ({ CLOSE_WAIT, TIME_WAIT })),
    ),
    idleEstablished: fc.constant(0),
    ipv6: upTo(listed),
    unreplied: upTo(listed),
    assured: upTo(listed),
    dns: upTo(listed).chain((udp) => upTo(listed - udp).map((tcp) => ({ udp, tcp, unreplied: 0 }))),
    ports: fc.constant([]),
    ages: fc.record({
      CLOSE_WAIT: fc.array(upTo(listed), { maxLength: 10 }),
      TIME_WAIT: fc.array(upTo(listed), { maxLength: 10 }),
      UDP: fc.array(upTo(listed), { maxLength: 10 }),
    }),
    holders: fc.array(
      fc
        .tuple(upTo(listed), owners)
        .map(([entries, owner]) => ({ address: '10.0.0.1', entries, ...(owner && { owner }) })),
      { maxLength: 4 },
    ),
  }),
);

const timeouts = fc.record({
  tcp_timeout_close_wait: fc.integer({ min: 1, max: 3_600 }),
  tcp_timeout_time_wait: fc.integer({ min: 1, max: 300 }),
  tcp_timeout_established: fc.integer({ min: 3_601, max: 432_000 }),
  udp_timeout: fc.integer({ min: 0, max: 300 }),
});

const tables = fc.record({ entries: upTo(3_000_000), max: fc.integer({ min: 1, max: 3_000_000 }) });

const counters = fc.record({ drop: upTo(2), insert_failed: upTo(1), early_drop: upTo(1) });

const isShare = (value: number) => value >= 0 && value <= 1;

/** What cures lookups that race says that it costs room. */
const dearer = (rule: string, id: string) =>
  rule === 'insert-races' && ['sequential-dns-lookups', 'dns-over-tcp'].includes(id);

describe('weigh', () => {
  it('predicts of any table no usage below 0, none that is no number, and none above that of today where it helps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...answered),
        tables,
        makeups,
        timeouts,
        counters,
        (rule, table, makeup, waits, grown) => {
          const churn = { seconds: 2, entries: 0, counters: grown };
          const { facts } = aNode({ table, makeup, timeouts: waits, churn });
          const group = { nodes: 3, entries: 3 * table.entries, medianUsage: 0.5 };
          const today = asItIs(facts, policy).usage ?? 0;
          return weigh(aCase({ facts }, { rule, shapes: m5, group }), remedies).every(
            ({ id, helps, predicted: { usage = 0, usageMargin = 0, limit = 1 } }) => {
              const sound = isShare(usage) && usageMargin >= 0 && limit >= 1;
              const lower = helps !== true || usage <= today + 1e-9 || dearer(rule, id);
              return sound && lower && Number.isFinite(usage + usageMargin + limit);
            },
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  const resolving = aMakeup({
    tcpStates: { CLOSE_WAIT: 300, TIME_WAIT: 100 },
    dns: { udp: 400, tcp: 0, unreplied: 0 },
    holders: [{ address: '10.0.1.9', entries: 100, owner: 'kube-system/coredns-1' }],
  });
  const busy: NodeFacts = {
    ...aNodeUsing(66_000, 131_072).facts,
    makeup: resolving,
    timeouts: { tcp_timeout_close_wait: 3_600, tcp_timeout_time_wait: 120 },
    vpcTracking: { tcpEstablishedSeconds: 432_000, configured: false },
  };

  it.each([
    { rule: 'dns-entry-share', first: 'node-local-dns-cache', not: 'dns-over-tcp' },
    { rule: 'insert-races', first: 'node-local-dns-cache', not: 'raise-limit' },
    { rule: 'early-evictions', first: 'raise-limit', not: 'dns-over-tcp' },
    { rule: 'idle-entries', first: 'shorten-timeouts', not: 'dns-over-tcp' },
    { rule: 'node-local-dns-idle', first: 'node-local-dns-cache', not: 'dns-over-tcp' },
    { rule: 'hot-node', first: 'spread-workload', not: 'resize-instance' },
    { rule: 'allowance-exceeded', first: 'shorten-vpc-idle-timeout', not: 'raise-limit' },
    { rule: 'allowance-low', first: 'shorten-vpc-idle-timeout', not: 'raise-limit' },
    { rule: 'link-local-exceeded', first: 'node-local-dns-cache', not: 'resize-instance' },
    { rule: 'vpc-idle-timeout', first: 'shorten-vpc-idle-timeout', not: 'shorten-timeouts' },
  ])('recommends $first for $rule, has another, and says why not $not', ({ rule, first, not }) => {
    const group = { nodes: 4, entries: 100_000, medianUsage: 0.1 };
    const said = weigh(aCase({ facts: busy }, { rule, shapes: m5, group }), remedies);
    expect(said[0]).toMatchObject({ id: first, helps: true });
    expect(said.filter(({ helps }) => helps !== false).length).toBeGreaterThan(1);
    expect(said.find(({ id }) => id === not)).toMatchObject({ helps: false, steps: [] });
  });

  it('puts more room behind what fills the table, and elsewhere first', () => {
    const ids = (rule: string) =>
      weigh(aCase({ facts: busy }, { rule }), remedies).map(({ id }) => id);
    expect(ids('dns-entry-share').indexOf('raise-limit')).toBeGreaterThan(0);
    expect(ids('table-pressure')[0]).toBe('raise-limit');
  });

  describe('of a table that was full of one state', () => {
    const full = (state: string, ages: Ages, table = { entries: 655_360, max: 655_360 }) => {
      const makeup = aMakeup({
        tcpStates: { [state]: 860 },
        dns: { udp: 0, tcp: 0, unreplied: 0 },
        ages,
      });
      const { facts } = aNode({ table, makeup, tableFull: { lines: 1, secondsAgo: 60 } });
      const waits = { tcp_timeout_close_wait: 3_600, tcp_timeout_time_wait: 120 };
      return weigh(
        aCase(
          { facts: { ...facts, timeouts: waits, memory: { totalBytes: 32e9 } } },
          { rule: 'table-drops', shapes: m5 },
        ),
        remedies,
      );
    };

    it('puts a setting that empties it before more room', () => {
      const [first, second] = full('CLOSE_WAIT', { CLOSE_WAIT: [0, 0, 0, 20, 0, 0, 840] });
      expect(first).toMatchObject({ id: 'shorten-timeouts', helps: true });
      expect(second).toMatchObject({ id: 'raise-limit', helps: true });
    });

    it.each([
      { older: 501, first: 'shorten-timeouts' },
      { older: 500, first: 'raise-limit' },
    ])('but only where that leaves less than half: $older of 1,000 go', ({ older, first }) => {
      expect(full('TIME_WAIT', { TIME_WAIT: [0, 0, 860 - older, 0, older] })[0]?.id).toBe(first);
    });
  });

  describe('says that a remedy is not enough alone', () => {
    /** 1,000 of 1,000 entries or fewer, of which 200 go. */
    const enough = (entries: number, rule = 'table-pressure') => {
      const makeup = aMakeup({
        tcpStates: { TIME_WAIT: 200 },
        ages: { TIME_WAIT: [0, 0, 0, 0, 200] },
      });
      const timeouts = { tcp_timeout_time_wait: 120 };
      const { facts } = aNode({ table: { entries, max: 1_000 }, makeup, timeouts });
      const said = weigh(aCase({ facts }, { rule }), remedies);
      const of = said.find(({ id }) => id === 'shorten-timeouts');
      const after = said.filter(({ helps, enough }) => helps === true && enough !== false);
      return {
        of: of?.enough,
        at: said.findIndex(({ id }) => id === 'shorten-timeouts'),
        after: after.length,
      };
    };

    it('where people would be warned all the same', () => {
      expect(enough(937).of).toBeUndefined();
      expect(enough(938).of).toBe(false);
    });

    it('and ranks it behind each that is', () => {
      const { at, after } = enough(938);
      expect(after).toBeGreaterThan(0);
      expect(at).toBeGreaterThanOrEqual(after);
    });
  });

  it('does not ask whether a cure of races is enough for the table', () => {
    const dns = { udp: 900, tcp: 0, unreplied: 0 };
    const { facts } = aNode({ table: { entries: 900, max: 1_000 }, makeup: aMakeup({ dns }) });
    const said = weigh(aCase({ facts }, { rule: 'insert-races' }), remedies);
    expect(said.find(({ id }) => id === 'no-aaaa')).toMatchObject({ helps: true });
    expect(said.filter(({ enough }) => enough === false)).toEqual([]);
  });

  it('names the command that prints the files, of what may be applied only', () => {
    const command = (id: string) =>
      weigh(aCase({ facts: busy }, { rule: 'early-evictions' }), remedies).find(
        (one) => one.id === id,
      )?.command;
    expect(command('raise-limit')).toEqual({ name: 'fix', remedy: 'raise-limit', limit: 262_144 });
    expect(command('node-local-dns-cache')).toEqual({
      name: 'fix',
      remedy: 'node-local-dns-cache',
      asksDnsAddress: true,
    });
    expect(command('dns-over-tcp')).toBeUndefined();
  });
});
