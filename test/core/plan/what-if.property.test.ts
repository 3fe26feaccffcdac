import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contexts } from '../../../lib/core/judge/contexts.js';
import type { Effect } from '../../../lib/core/judge/finding.js';
import { judge, type Evidence } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Weighed } from '../../../lib/core/judge/remedy.js';
import { groupLoads } from '../../../lib/core/measure/group-load.js';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import type { Question } from '../../../lib/core/plan/question.js';
import { whatIf } from '../../../lib/core/plan/what-if.js';
import { remedies } from '../../../lib/core/remedies/index.js';
import { asItIs } from '../../../lib/core/remedies/shared/sizing.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { anyFleet } from './any-fleet.js';

const runs = { numRuns: 60 };

/** What decides what remedies say beside what any fleet has: ages, who asks, and what is installed already. */
const anyMore = fc.record({
  ages: fc.option(
    fc.record({
      CLOSE_WAIT: fc.constantFrom([0, 0, 0, 0, 0, 100], [50, 50, 0, 0, 0, 0]),
      TIME_WAIT: fc.constantFrom([0, 0, 20, 30, 0, 0], [50, 0, 0, 0, 0, 0]),
      UDP: fc.constantFrom([20, 30, 50, 0, 0, 0], [100, 0, 0, 0, 0, 0]),
    }),
    { nil: undefined },
  ),
  timeWait: fc.integer({ min: 0, max: 50 }),
  idle: fc.constantFrom(0, 0, 40),
  coreDns: fc.constantFrom(0, 0, 60, 700),
  overTcp: fc.constantFrom(0, 0, 30),
  nodeLocalDns: fc.constantFrom<NodeFacts['nodeLocalDns']>(
    undefined,
    { interface: false },
    { interface: true },
    { interface: true, rules: 4, packets: 9 },
    { interface: true, rules: 4, packets: 0 },
  ),
  configured: fc.constantFrom(131_072, 262_144, 1_048_576),
  threadsPerCore: fc.constantFrom(1, 2),
});

type AnyMore = typeof anyMore extends fc.Arbitrary<infer T> ? T : never;

const anyNodes: fc.Arbitrary<Evidence> = fc
  .tuple(anyFleet, fc.array(anyMore, { minLength: 4, maxLength: 4 }))
  .map(([evidence, more]) => ({
    ...evidence,
    snapshots: evidence.snapshots.map(({ node, facts }, at) => ({
      node,
      facts: withMore(facts, more[at % more.length]),
    })),
  }));

function withMore(facts: NodeFacts, more: AnyMore | undefined): NodeFacts {
  if (more === undefined) return facts;
  const { makeup, kubeProxyConfig, timeouts } = facts;
  const { nodeLocalDns, threadsPerCore, configured } = more;
  return {
    ...facts,
    threadsPerCore,
    timeouts: { ...timeouts, tcp_timeout_time_wait: 120 },
    kubeProxyConfig: { ...kubeProxyConfig, min: configured },
    ...(nodeLocalDns && { nodeLocalDns }),
    ...(makeup && { makeup: listedOtherwise(makeup, more) }),
  };
}

function listedOtherwise(makeup: Makeup, more: AnyMore): Makeup {
  const { ages, timeWait, idle, coreDns, overTcp } = more;
  const owner = 'kube-system/coredns-5d78c9869d-x2x7k';
  const holder = { address: '10.0.1.9', entries: coreDns, owner };
  return {
    ...makeup,
    tcpStates: { ...makeup.tcpStates, TIME_WAIT: timeWait },
    idleEstablished: idle,
    dns: { ...makeup.dns, tcp: overTcp },
    holders: coreDns === 0 ? makeup.holders : [holder, ...makeup.holders],
    ...(ages && { ages }),
  };
}

/** Each node of a run on its own: what a remedy says of it under pressure, and a way to ask about it. */
function eachNode(evidence: Evidence, id: string) {
  const report = judge(evidence, catalogue, defaultPolicy);
  const context = contexts(evidence.fleet, groupLoads(evidence.snapshots), defaultPolicy);
  const remedy = remedies.find((one) => one.id === id);
  return evidence.snapshots.map((snapshot) => {
    const alone = { ...evidence, snapshots: [snapshot] };
    const said = remedy?.assess(context({ rule: 'table-pressure', about: 'room' }, snapshot));
    const ask = (question: Question) =>
      whatIf(question, alone, report, catalogue, defaultPolicy).groups[0]?.after;
    return { snapshot, said, ask, now: asItIs(snapshot.facts, defaultPolicy) };
  });
}

/** What a remedy predicts; where it says nothing of a table, or does not help, the table is as it is. */
function predicted(said: Weighed | undefined, now: Effect): Effect {
  if (said === undefined || said.helps === false) return now;
  const { instanceType: _, ...effect } = said.predicted;
  return { ...(now.limit !== undefined && { limit: now.limit }), ...effect };
}

/** What such a table uses is told as no more than all of it. */
function isOverLimit({ table }: NodeFacts): boolean {
  return table !== undefined && table.entries > table.max;
}

function isValue(effect: Effect | undefined): boolean {
  return effect?.usage !== undefined && effect.bound === undefined;
}

const close = (value: number | undefined): unknown =>
  value === undefined ? undefined : expect.closeTo(value, 9);

function expectSame(after: Effect | undefined, { usage, usageMargin, ...others }: Effect): void {
  expect({ usage: undefined, usageMargin: undefined, ...after }).toEqual({
    ...others,
    usage: close(usage),
    usageMargin: close(usageMargin),
  });
}

const byName = [
  ['node-local-dns-cache', { nodeLocalDnsCache: true }],
  ['shorten-timeouts', { shortenTimeouts: true }],
  ['shorten-udp-timeout', { shortenUdpTimeout: true }],
  ['lower-ndots', { lowerNdots: true }],
  ['restart-kube-proxy', { restartKubeProxy: true }],
] as const satisfies readonly (readonly [string, Question])[];

describe('on any node one change alone has the effect that its remedy predicts', () => {
  it.each(byName)('%s', (id, question) => {
    let helped = 0;
    fc.assert(
      fc.property(anyNodes, (evidence) => {
        for (const { said, ask, now } of eachNode(evidence, id)) {
          if (said?.helps === true) helped += 1;
          expectSame(ask(question), predicted(said, now));
        }
      }),
      runs,
    );
    expect(helped).toBeGreaterThan(0);
  });

  it('raise-limit, of the limit that it names', () => {
    fc.assert(
      fc.property(anyNodes, (evidence) => {
        for (const { said, ask, now } of eachNode(evidence, 'raise-limit')) {
          const { limit: raiseLimit = 0, ...others } = said?.predicted ?? {};
          if (raiseLimit <= (now.limit ?? 0)) continue;
          expectSame(ask({ raiseLimit }), { limit: raiseLimit, ...others });
        }
      }),
      runs,
    );
  });

  it('resize-instance, of the type that it names', () => {
    fc.assert(
      fc.property(anyNodes, (evidence) => {
        for (const { said, ask } of eachNode(evidence, 'resize-instance')) {
          const { instanceType: type, ...others } = said?.predicted ?? {};
          if (type !== undefined) expectSame(ask({ type }), others);
        }
      }),
      runs,
    );
  });
});

describe('on any node several changes', () => {
  const both = { nodeLocalDnsCache: true, shortenTimeouts: true } as const;

  it('free of different entries what each of them frees', () => {
    fc.assert(
      fc.property(anyNodes, (evidence) => {
        for (const { snapshot, ask, now } of eachNode(evidence, 'node-local-dns-cache')) {
          const together = ask(both);
          const alone = [ask({ nodeLocalDnsCache: true }), ask({ shortenTimeouts: true })];
          if (isOverLimit(snapshot.facts) || ![together, ...alone].every(isValue)) continue;
          const used = (one: Effect | undefined) => one?.usage ?? NaN;
          const freed = alone.map((one) => used(now) - used(one));
          const left = freed.reduce((rest, one) => rest - one, used(now));
          expect(together?.usage).toBeCloseTo(Math.max(0, left), 6);
        }
      }),
      runs,
    );
  });

  it('are the same in whatever order they are asked', () => {
    const forward: Question = { upgrade: 36, raiseLimit: 524_288, lowerNdots: true, ...both };
    const back = Object.fromEntries(Object.entries(forward).reverse()) as Question;
    fc.assert(
      fc.property(anyNodes, (evidence) => {
        for (const { ask } of eachNode(evidence, 'raise-limit')) {
          expect(ask(back)).toEqual(ask(forward));
        }
      }),
      { numRuns: 30 },
    );
  });
});
