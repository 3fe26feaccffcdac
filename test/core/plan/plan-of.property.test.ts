import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../../lib/core/artefacts/scope-of.js';
import {
  floorOf,
  limitUnder,
  tableBytes,
  type ScopeNode,
} from '../../../lib/core/artefacts/scope.js';
import { judge, type Evidence, type Was } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Report } from '../../../lib/core/judge/report.js';
import type { Plan } from '../../../lib/core/plan/plan.js';
import { planned } from '../../../lib/core/plan/plan-of.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { anyFleet } from './any-fleet.js';

const runs = { numRuns: 40 };

function judged(evidence: Evidence, share = defaultPolicy.tableMemoryShare) {
  const policy = { ...defaultPolicy, tableMemoryShare: share };
  const report = judge(evidence, catalogue, policy);
  return { report, policy, ...planned(evidence, report, catalogue, policy) };
}

/** What the last audit said, as the next one remembers it. */
function wasOf({ findings }: Report): Was {
  return (rule, instanceId) =>
    findings
      .filter((one) => one.rule === rule)
      .flatMap(({ nodes }) => nodes)
      .find((one) => one.instanceId === instanceId)?.severity;
}

const settledIds = ({ actions }: Plan) =>
  actions.flatMap(({ settles }) => settles.map(({ id }) => id));

/** Rules whose end only the next audit can tell, as no fact foretells it. */
const byWord = ['insert-races', 'allowance-exceeded', 'allowance-low', 'reading-implausible'];

/** Of the nodes of findings that are said to be over, those that the rules still find. */
function stillThere(report: Report, settled: readonly string[], then: Report): string[] {
  const pairs = ({ findings }: Report) =>
    findings.flatMap(({ id, rule, nodes }) =>
      byWord.includes(rule) ? [] : nodes.map(({ instanceId }) => `${id} ${instanceId}`),
    );
  const found = new Set(pairs(then));
  return pairs(report).filter((one) => settled.includes(one.split(' ')[0] ?? '') && found.has(one));
}

/** A run in which only limits of kube-proxy are changed, by the limit model and by nothing of the plan. */
function withLimits(evidence: Evidence, plan: Plan): Evidence {
  const snapshots = evidence.snapshots.map((snapshot) => {
    const { cluster, instanceId } = snapshot.node;
    const values = plan.actions.find(
      (one) => one.scope.cluster === cluster && one.kubeProxy,
    )?.kubeProxy;
    const node = scopeOf(evidence, cluster).find((one) => one.instanceId === instanceId);
    const { growth: _growth, churn: _churn, ...facts } = snapshot.facts;
    const { table, kubeProxy, kubeProxyConfig, hash } = facts;
    if (!values || !node || !table || !kubeProxy) return snapshot;
    const max = limitUnder(node, values) ?? table.max;
    const changed = { entries: Math.min(table.entries, max), max };
    // It writes a quarter of what it computes as buckets, where there are fewer.
    const buckets = Math.max(hash?.buckets ?? 0, max / 4);
    return {
      ...snapshot,
      facts: {
        ...facts,
        table: changed,
        reading: changed,
        hash: { buckets, entriesPerBucket: changed.entries / buckets },
        tableFull: { lines: 0 },
        kubeProxy: { ...kubeProxy, ...values },
        kubeProxyConfig: { ...kubeProxyConfig, ...values },
      },
    };
  });
  return { ...evidence, snapshots };
}

describe('any plan', () => {
  it('leaves nothing of what it says it settles, by the rules themselves', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { report, plan, after } = judged(evidence);
        const then = judge(after, catalogue, defaultPolicy, wasOf(report));
        expect(stillThere(report, settledIds(plan), then)).toEqual([]);
      }),
      runs,
    );
  });

  it('settles what its limits settle where the limit model alone changes the nodes', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { report, plan } = judged(evidence);
        const limits = plan.actions.filter(({ kubeProxy }) => kubeProxy !== undefined);
        const alone = limits.filter(
          (one) => plan.actions.find(({ scope }) => scope.cluster === one.scope.cluster) === one,
        );
        const then = judge(withLimits(evidence, plan), catalogue, defaultPolicy, wasOf(report));
        const claimed = alone.flatMap(({ settles }) => settles.map(({ id }) => id));
        expect(stillThere(report, claimed, then)).toEqual([]);
      }),
      runs,
    );
  });

  it('gives no node more table than its memory bears, and none less than it has or is to have', () => {
    fc.assert(
      fc.property(anyFleet, fc.constantFrom(0.02, 0.05, 0.1), (evidence, share) => {
        const { plan, after } = judged(evidence, share);
        const limits = new Map(after.snapshots.map((one) => [one.node.instanceId, one.facts]));
        const resized = plan.actions
          .filter(({ instanceType }) => instanceType !== undefined)
          .map(({ scope }) => `${scope.cluster}/${scope.nodeGroup}`);
        for (const cluster of evidence.fleet.clusters) {
          for (const node of scopeOf(evidence, cluster.name)) {
            const then = limits.get(node.instanceId)?.table?.max ?? 0;
            expect(then).toBeGreaterThanOrEqual(node.limit ?? 0);
            if (resized.includes(`${cluster.name}/${node.nodeGroup}`)) continue;
            expectBearable(node, then, share);
          }
        }
      }),
      runs,
    );
  });

  it('has one action for each remedy and place, and settles nothing twice', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { plan, report } = judged(evidence);
        const ids = plan.actions.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const configured = plan.actions.filter(({ kubeProxy }) => kubeProxy !== undefined);
        const clusters = configured.map(({ scope }) => scope.cluster);
        expect(new Set(clusters).size).toBe(clusters.length);
        const groups = plan.effects.map(({ cluster, nodeGroup }) => `${cluster}/${nodeGroup}`);
        expect(new Set(groups).size).toBe(groups.length);
        const told = [...settledIds(plan), ...plan.unsettled.map(({ id }) => id)];
        expect([...told].sort()).toEqual(report.findings.map(({ id }) => id).sort());
      }),
      runs,
    );
  });

  it('is the same for the same run, and whatever the order of its nodes', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { plan } = judged(evidence);
        expect(judged(evidence).plan).toEqual(plan);
        const turned = { ...evidence, snapshots: [...evidence.snapshots].reverse() };
        const ids = judged(turned).plan.actions.map(({ id, title }) => `${id} ${title}`);
        expect(ids.sort()).toEqual(plan.actions.map(({ id, title }) => `${id} ${title}`).sort());
      }),
      runs,
    );
  });

  it('does in each cluster what it would do if there were no other', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { plan } = judged(evidence);
        for (const { name } of evidence.fleet.clusters) {
          const alone = judged(only(evidence, name)).plan;
          const of = (place: { readonly cluster: string }) => place.cluster === name;
          expect(plan.actions.filter(({ scope }) => of(scope))).toEqual(alone.actions);
          expect(plan.effects.filter(of)).toEqual(alone.effects);
          expect(plan.unsettled.filter(({ id }) => id.split('/')[1] === name)).toEqual(
            alone.unsettled,
          );
        }
      }),
      runs,
    );
  });

  it('is asked for nothing by a reading that nobody believes', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const doubted = evidence.snapshots.map((one) => {
          const { max = 1 } = one.facts.table ?? {};
          const table = { entries: max * 3, max };
          return { ...one, facts: { ...one.facts, table, reading: table } };
        });
        const { plan } = judged({ ...evidence, snapshots: doubted });
        const remedies = new Set(plan.actions.map(({ remedy }) => remedy));
        expect([...remedies]).toEqual(['reach-node']);
      }),
      runs,
    );
  });

  it('says nothing of what becomes of such a reading beside others', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const doubted = evidence.snapshots.map((one, at) => {
          const { max = 1 } = one.facts.table ?? {};
          const table = { entries: max * 3, max };
          return at % 2 === 0 ? { ...one, facts: { ...one.facts, table, reading: table } } : one;
        });
        const { plan } = judged({ ...evidence, snapshots: doubted });
        const ids = new Set(
          doubted.filter((_, at) => at % 2 === 0).map((one) => one.node.instanceId),
        );
        expect(plan.effects.filter(({ worst }) => ids.has(worst))).toEqual([]);
      }),
      runs,
    );
  });

  it('takes back nothing: once all is done no table is smaller than one action alone makes it', () => {
    fc.assert(
      fc.property(anyFleet, (evidence) => {
        const { plan, after } = judged(evidence);
        const max = new Map(
          after.snapshots.map((one) => [one.node.instanceId, one.facts.table?.max]),
        );
        for (const { worst, after: alone } of plan.actions.flatMap(({ effects }) => effects)) {
          expect(max.get(worst)).toBeGreaterThanOrEqual(alone.limit ?? 0);
        }
      }),
      runs,
    );
  });
});

function only(evidence: Evidence, cluster: string): Evidence {
  const { fleet, snapshots } = evidence;
  const nodes = fleet.nodes.filter((node) => node.cluster === cluster);
  return {
    ...evidence,
    fleet: { ...fleet, nodes, clusters: fleet.clusters.filter(({ name }) => name === cluster) },
    snapshots: snapshots.filter(({ node }) => node.cluster === cluster),
  };
}

/** A limit that an action set costs at most this share of the node's memory. What the node has, or is to have, may cost more. */
function expectBearable(node: ScopeNode, limit: number, share: number): void {
  if (limit === (node.limit ?? 0) || limit === floorOf(node)) return;
  expect(limit).toBeGreaterThanOrEqual(node.maxPerCore === 0 ? (node.limit ?? 0) : floorOf(node));
  expect(tableBytes(node, limit)).toBeLessThanOrEqual((node.memoryBytes ?? 0) * share);
}
