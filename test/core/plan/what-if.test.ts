import { describe, expect, it } from 'vitest';
import { judge, type Evidence } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Question } from '../../../lib/core/plan/question.js';
import { whatIf } from '../../../lib/core/plan/what-if.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { shapes } from './any-fleet.js';

/** An m5.large at 80 %: 60 % of its entries are lookups and 20 % wait in CLOSE_WAIT. */
const hot = aNode({
  table: { entries: 104_858, max: 131_072 },
  reading: { entries: 104_858, max: 131_072 },
  timeouts: { tcp_timeout_close_wait: 3_600, udp_timeout: 30 },
  makeup: aMakeup({
    dns: { udp: 600, tcp: 0, unreplied: 0 },
    tcpStates: { ESTABLISHED: 200, CLOSE_WAIT: 200 },
    ages: { CLOSE_WAIT: [0, 0, 0, 0, 0, 200] },
  }),
});

const evidence: Evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet([hot.node], shapes),
  snapshots: [hot],
  silent: [],
};

const report = judge(evidence, catalogue, defaultPolicy);

function ask(question: Question, of: Evidence = evidence) {
  return whatIf(question, of, judge(of, catalogue, defaultPolicy), catalogue, defaultPolicy);
}

/** What the remedy itself says of the finding table-pressure. */
function predicted(id: string) {
  const pressure = report.findings.find(({ rule }) => rule === 'table-pressure');
  return pressure?.remedies.find((one) => one.id === id)?.predicted;
}

describe('a question alone', () => {
  it.each<[string, Question]>([
    ['raise-limit', { raiseLimit: 262_144 }],
    ['node-local-dns-cache', { nodeLocalDnsCache: true }],
    ['shorten-timeouts', { shortenTimeouts: true }],
    ['resize-instance', { type: 'm5.4xlarge' }],
  ])('has the answer that the remedy %s gives', (id, question) => {
    const said = predicted(id);
    const after = ask(question).groups[0]?.after;
    expect(said?.usage).toBeGreaterThan(0);
    expect(after?.limit).toBe(said?.limit);
    expect(after?.usage).toBeCloseTo(said?.usage ?? NaN, 6);
    expect(after?.bound).toBe(said?.bound);
  });

  it('says what would stop, and nothing of what stays', () => {
    const { stops, fires } = ask({ raiseLimit: 262_144 });
    expect(stops.map(({ id }) => id)).toContain('table-pressure/example/workers');
    expect(fires).toEqual([]);
  });

  it('says what would fire', () => {
    const { fires, groups } = ask({ upgrade: 36 });
    expect(groups[0]?.after.limit).toBe(131_072);
    expect(fires).toEqual([]);
    const wide = {
      ...hot,
      facts: { ...hot.facts, vcpus: 96, table: { entries: 900_000, max: 3_145_728 } },
    };
    const big = ask({ upgrade: 36 }, { ...evidence, snapshots: [wide] });
    expect(big.groups[0]?.after.limit).toBe(1_048_576);
    expect(big.fires.map(({ id }) => id)).toContain('table-pressure/example/workers');
  });

  it('says that it does not know what an upgrade makes of a limit set by hand', () => {
    const byHand = { ...hot, facts: { ...hot.facts, table: { entries: 1_000, max: 200_000 } } };
    const { groups } = ask({ upgrade: 36 }, { ...evidence, snapshots: [byHand] });
    expect(groups[0]?.after).toEqual({});
    expect(groups[0]?.notes.join()).toMatch(/^not known of upgrade: the limit of 200,000/);
  });

  it('says on how many nodes of a group it does not know', () => {
    const byHand = aNode(
      { ...hot.facts, table: { entries: 1_000, max: 200_000 } },
      { instanceId: 'i-0000000000000000b' },
    );
    const [asSet] = ask({ upgrade: 36 }, { ...evidence, snapshots: [hot, byHand] }).groups;
    expect(asSet).toMatchObject({ nodes: 2, worst: hot.node.instanceId });
    expect(asSet?.notes.join()).toMatch(
      /^on 1 of 2 nodes not known of upgrade: the limit of 200,000/,
    );
  });

  it('leaves the limit known where it knows no more', () => {
    const { makeup: _, ...unread } = hot.facts;
    const blind = { ...evidence, snapshots: [{ ...hot, facts: unread }] };
    expect(ask({ lowerNdots: true }, blind).groups[0]?.after).toEqual({ limit: 131_072 });
    expect(ask({ lowerNdots: true, raiseLimit: 262_144 }, blind).groups[0]?.after).toEqual({
      limit: 262_144,
    });
  });

  it('promises of more nodes no more than an even share', () => {
    const { groups } = ask({ nodes: 1 });
    expect(groups[0]?.after).toMatchObject({
      usage: expect.closeTo(0.4, 3) as number,
      bound: 'at least',
    });
  });

  it('says what memory does not bear', () => {
    expect(ask({ raiseLimit: 1_048_576 }).groups[0]?.notes).toEqual([]);
    expect(ask({ raiseLimit: 2_097_152 }).groups[0]?.notes.join()).toMatch(/more than 5%/);
  });

  it('leaves other clusters and node groups alone', () => {
    expect(ask({ raiseLimit: 262_144, cluster: 'other' })).toEqual({
      groups: [],
      fires: [],
      eases: [],
      stops: [],
    });
    expect(ask({ raiseLimit: 262_144, nodeGroup: 'other' }).groups).toEqual([]);
  });
});

describe('two questions at once', () => {
  it('take lookups away, and divide by the limit', () => {
    const { groups } = ask({ raiseLimit: 262_144, nodeLocalDnsCache: true });
    expect(groups[0]?.after.usage).toBeCloseTo(0.4 * 0.4, 3);
  });

  it('free different entries, which add up', () => {
    const { groups } = ask({ nodeLocalDnsCache: true, shortenTimeouts: true });
    // Of 80 %: without 60 % lookups, without 20 % in CLOSE_WAIT, and without what would have come of these.
    expect(groups[0]?.after).toEqual({
      limit: 131_072,
      usage: expect.closeTo(0.8 * (1 - 0.6 - 0.2), 3) as number,
      bound: 'at most',
    });
  });

  it('free the same entries once', () => {
    const both = ask({ nodeLocalDnsCache: true, lowerNdots: true }).groups[0]?.after;
    expect(both?.usage).toBeCloseTo(0.8 * 0.4, 3);
  });

  it('upgrade a node of another type', () => {
    const old = node({ version: '1.27.3', source: 'add-on' }, 262_144);
    const limitOf = (question: Question) => ask(question, old).groups[0]?.after.limit;
    expect(limitOf({ type: 'm5.xlarge' })).toBe(262_144);
    expect(limitOf({ type: 'm5.xlarge', upgrade: 36 })).toBe(131_072);
    expect(limitOf({ type: 'm5.4xlarge', upgrade: 36 })).toBe(524_288);
  });

  it('keep by a raised limit what an upgrade would take away', () => {
    const old = node({ version: '1.27.3', source: 'add-on' }, 262_144);
    expect(ask({ upgrade: 36 }, old).groups[0]?.after.limit).toBe(131_072);
    const { groups } = ask({ upgrade: 36, raiseLimit: 262_144 }, old);
    expect(groups[0]?.after.limit).toBe(262_144);
  });
});

/** The same node under another kube-proxy, with more vCPU where its limit is larger. */
function node(kubeProxy: NonNullable<typeof hot.facts.kubeProxy>, max = 131_072): Evidence {
  const table = { entries: 104_858, max };
  const facts = { ...hot.facts, table, reading: table, kubeProxy };
  return { ...evidence, snapshots: [{ ...hot, facts }] };
}

describe('what a question says of findings', () => {
  const growth = { seconds: 3_600, counters: { drop: 7, insert_failed: 0 }, exceeded: {} };
  const dropping = { ...hot, facts: { ...hot.facts, growth } };
  const lost = { ...evidence, snapshots: [dropping] };

  it('says that drops stop where there is room afterwards', () => {
    const { stops } = ask({ raiseLimit: 262_144 }, lost);
    expect(stops.map(({ id }) => id)).toContain('table-drops/example/workers');
  });

  it('says nothing of drops where it is not known that there is room', () => {
    for (const question of [{ lowerNdots: true }, { upgrade: 36 }] as const) {
      const { stops, fires } = ask(question, lost);
      expect(stops.map(({ id }) => id)).not.toContain('table-drops/example/workers');
      expect(fires).toEqual([]);
    }
  });

  it('says nothing of races, whose end no fact foretells', () => {
    const raced = { ...growth, counters: { drop: 70, insert_failed: 70 } };
    const races = { ...evidence, snapshots: [{ ...hot, facts: { ...hot.facts, growth: raced } }] };
    const now = judge(races, catalogue, defaultPolicy).findings.map(({ rule }) => rule);
    expect(now).toContain('insert-races');
    const { stops } = ask({ raiseLimit: 262_144 }, races);
    expect(stops.map(({ id }) => id)).not.toContain('insert-races/example/workers');
  });

  it('says nothing of what a restart may set, where something else may have set the limit later', () => {
    const table = { entries: 40_000, max: 65_536 };
    const lowered = {
      ...hot.facts,
      table,
      reading: table,
      kubeProxyConfigState: 'known' as const,
      kubeProxyConfig: { min: 131_072, maxPerCore: 32_768 },
    };
    const { groups, stops } = ask(
      { restartKubeProxy: true },
      { ...evidence, snapshots: [{ ...hot, facts: lowered }] },
    );
    expect(groups[0]?.after.limit).toBe(131_072);
    expect(groups[0]?.notes.join()).toMatch(/^not known of restart-kube-proxy: /);
    expect(stops).toEqual([]);
  });

  it('says that a finding eases where it gets less bad, and not that it fires', () => {
    const table = { entries: 131_072, max: 131_072 };
    const full = { ...hot, facts: { ...hot.facts, table, reading: table } };
    const { fires, eases, stops } = ask(
      { shortenTimeouts: true },
      { ...evidence, snapshots: [full] },
    );
    expect(eases.map(({ id, severity }) => [id, severity])).toContainEqual([
      'table-pressure/example/workers',
      'warning',
    ]);
    expect(fires).toEqual([]);
    expect(stops.map(({ id }) => id)).not.toContain('table-pressure/example/workers');
  });
});
