import type { Finding } from '../judge/finding.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import { groupBy } from '../text/group-by.js';
import { actionsOf, type Made } from './action-of.js';
import type { Candidate } from './candidate.js';
import { candidatesOf } from './candidates.js';
import { choose, compareScores, easing, scoreOf } from './choose.js';
import { effectsBy, fullestFirst } from './effects.js';
import { factsAfter } from './facts-after.js';
import { rejectedOf, unsettledOf } from './left-over.js';
import { changesOf } from './model.js';
import type { GroupEffect, Plan, Unsettled } from './plan.js';
import { Settled } from './settled.js';
import { WeighedNodes } from './weighed-nodes.js';

/**
 * The fewest actions that settle what can be settled, best first, and then what eases the rest. An action without
 * which the others settle the same is left out.
 *
 * Pure: the same run makes the same plan.
 */
export function planOf(
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
): Plan {
  return chosenFor(evidence, report, catalogue, policy).plan;
}

/** A plan, and what each node is once all of it is done. */
export interface Planned {
  readonly plan: Plan;
  readonly after: Evidence;
}

/** The plan together with the evidence as the next audit would find it where nothing else changed. */
export function planned(
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
): Planned {
  const { plan, chosen } = chosenFor(evidence, report, catalogue, policy);
  return { plan, after: evidenceAfter(evidence, chosen, policy) };
}

interface Chosen {
  readonly plan: Plan;
  readonly chosen: readonly Candidate[];
}

function chosenFor(
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
): Chosen {
  const doubted = doubtedIn(report);
  const evidenceOf = byCluster(evidence);
  const clusters = [...groupBy(report.findings, ({ cluster }) => cluster)].map(
    ([cluster, findings]) => {
      const own = evidenceOf(cluster);
      return planOfCluster(
        own,
        findings,
        catalogue,
        new WeighedNodes(own, catalogue, policy, doubted),
      );
    },
  );
  const made = merged(clusters.map((one) => one.made));
  const unsettled = new Map(clusters.flatMap((one) => one.unsettled));
  const effects = new Map(clusters.flatMap((one) => one.effects));
  const plan = {
    actions: made.map(({ action }) => action),
    unsettled: report.findings.flatMap((one) => unsettled.get(one) ?? []),
    rejected: rejectedOf(report.findings),
    effects: made.flatMap(({ candidate }) => effects.get(candidate) ?? []).sort(fullestFirst),
  };
  return { plan, chosen: made.map(({ candidate }) => candidate) };
}

/** What was found in each cluster: nothing of one of them says anything of another. */
function byCluster(evidence: Evidence): (cluster: string) => Evidence {
  const { fleet } = evidence;
  const nodes = groupBy(fleet.nodes, ({ cluster }) => cluster);
  const snapshots = groupBy(evidence.snapshots, ({ node }) => node.cluster);
  return (cluster) => ({
    ...evidence,
    fleet: { ...fleet, nodes: nodes.get(cluster) ?? [] },
    snapshots: snapshots.get(cluster) ?? [],
  });
}

function evidenceAfter(evidence: Evidence, chosen: readonly Candidate[], policy: Policy): Evidence {
  const byCluster = groupBy(chosen, ({ cluster }) => cluster);
  const snapshots = evidence.snapshots.map((one) => {
    const changes = changesOf(one, byCluster.get(one.node.cluster) ?? []);
    return { ...one, facts: factsAfter(one, changes, policy) };
  });
  return { ...evidence, snapshots };
}

/** Nodes whose reading nobody believes: they ask for nothing. */
function doubtedIn({ findings }: Report): ReadonlySet<string> {
  const doubted = findings.filter(({ rule }) => rule === 'reading-implausible');
  return new Set(doubted.flatMap(({ nodes }) => nodes.map(({ instanceId }) => instanceId)));
}

interface OfCluster {
  readonly made: readonly Made[];
  readonly unsettled: readonly (readonly [Finding, Unsettled])[];
  /** By the first action that answers a finding of the group. */
  readonly effects: readonly (readonly [Candidate, readonly GroupEffect[]])[];
}

function planOfCluster(
  evidence: Evidence,
  findings: readonly Finding[],
  catalogue: Catalogue,
  weighed: WeighedNodes,
): OfCluster {
  const candidates = candidatesOf(evidence, findings, catalogue, weighed);
  const chosen = choose(findings, candidates, weighed);
  const settled = new Settled(weighed, chosen);
  const open = findings.filter((finding) => !settled.byAll(finding));
  const all = [...chosen, ...easing(open, chosen, candidates, weighed)];
  const stays = new Settled(weighed, all);
  return {
    made: actionsOf(all, candidates, findings, weighed),
    unsettled: findings
      .filter((finding) => !stays.byAll(finding))
      .map((finding) => [finding, unsettledOf(finding, all, weighed)] as const),
    effects: [...effectsBy(all, weighed)],
  };
}

/** The actions of all clusters, the best of what is next in each of them first. */
function merged(clusters: readonly (readonly Made[])[]): Made[] {
  const queues = clusters.map((all) => all.map((made) => ({ made, order: orderOf(made) })));
  const total = queues.reduce((sum, { length }) => sum + length, 0);
  return Array.from({ length: total }, () => {
    const [first, ...others] = queues.filter(({ length }) => length > 0);
    const best = others.reduce(
      (so, one) => (compareScores(one[0]?.order ?? [], so?.[0]?.order ?? []) > 0 ? one : so),
      first,
    );
    return best?.shift()?.made;
  }).filter((one) => one !== undefined);
}

/** What settles something comes before what eases. */
function orderOf({ settles, eases, candidate }: Made): number[] {
  return [
    settles.length > 0 ? 1 : 0,
    ...scoreOf(settles.length > 0 ? settles : eases),
    -candidate.rank,
  ];
}
