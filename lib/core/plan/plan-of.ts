import type { Finding } from '../judge/finding.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import { groupBy } from '../text/group-by.js';
import { actionsOf, type Made } from './action-of.js';
import type { Candidate } from './candidate.js';
import { candidatesOf } from './candidates.js';
import { choose, easing, scoreOf } from './choose.js';
import { effectsBy, fullestFirst } from './effects.js';
import { factsAfter } from './facts-after.js';
import { rejectedOf, unsettledOf } from './left-over.js';
import { merged, type Ranked } from './merged.js';
import { changesOf } from './model.js';
import type { Plan, Unsettled } from './plan.js';
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
  return chosenFor(evidence, report, catalogue, policy);
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
  const chosenIn = new Map<string, readonly Candidate[]>();
  const plan = chosenFor(evidence, report, catalogue, policy, (cluster, chosen) => {
    chosenIn.set(cluster, chosen);
  });
  const snapshots = evidence.snapshots.map((one) => {
    const changes = changesOf(one, chosenIn.get(one.node.cluster) ?? []);
    return { ...one, facts: factsAfter(one, changes, policy) };
  });
  return { plan, after: { ...evidence, snapshots } };
}

/** Each cluster is planned by itself, and nothing but what is said of it is kept: candidates hold all that was weighed. */
function chosenFor(
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
  hear: (cluster: string, chosen: readonly Candidate[]) => void = () => undefined,
): Plan {
  const doubted = doubtedIn(report);
  const evidenceOf = byCluster(evidence);
  const clusters = [...groupBy(report.findings, ({ cluster }) => cluster)].map(
    ([cluster, findings]) => {
      const own = evidenceOf(cluster);
      const weighed = new WeighedNodes(own, catalogue, policy, doubted);
      const { chosen, ...said } = planOfCluster(own, findings, catalogue, weighed);
      hear(cluster, chosen);
      return said;
    },
  );
  const ranked = merged(clusters.map((one) => one.ranked));
  const unsettled = new Map(clusters.flatMap((one) => one.unsettled));
  return {
    actions: ranked.map(({ action }) => action),
    unsettled: report.findings.flatMap((one) => unsettled.get(one) ?? []),
    rejected: rejectedOf(report.findings),
    effects: ranked.flatMap(({ effects }) => effects).sort(fullestFirst),
  };
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

/** Nodes whose reading nobody believes: they ask for nothing. */
function doubtedIn({ findings }: Report): ReadonlySet<string> {
  const doubted = findings.filter(({ rule }) => rule === 'reading-implausible');
  return new Set(doubted.flatMap(({ nodes }) => nodes.map(({ instanceId }) => instanceId)));
}

interface OfCluster {
  readonly chosen: readonly Candidate[];
  readonly ranked: readonly Ranked[];
  readonly unsettled: readonly (readonly [Finding, Unsettled])[];
}

function planOfCluster(
  evidence: Evidence,
  findings: readonly Finding[],
  catalogue: Catalogue,
  weighed: WeighedNodes,
): OfCluster {
  const candidates = candidatesOf(evidence, findings, catalogue, weighed);
  const needed = choose(findings, candidates, weighed);
  const settled = new Settled(weighed, needed);
  const open = findings.filter((finding) => !settled.byAll(finding));
  const chosen = [...needed, ...easing(open, needed, candidates, weighed)];
  const stays = new Settled(weighed, chosen);
  const effects = effectsBy(chosen, weighed);
  return {
    chosen,
    ranked: actionsOf(chosen, candidates, findings, weighed).map((made) => ({
      action: made.action,
      order: orderOf(made),
      effects: effects.flatMap(({ first, effect }) => (first === made.candidate ? [effect] : [])),
    })),
    unsettled: findings
      .filter((finding) => !stays.byAll(finding))
      .map((finding) => [finding, unsettledOf(finding, chosen, weighed)] as const),
  };
}

/** What settles something comes before what eases. */
function orderOf({ settles, eases, candidate }: Made): number[] {
  return [
    settles.length > 0 ? 1 : 0,
    ...scoreOf(settles.length > 0 ? settles : eases),
    -candidate.rank,
  ];
}
