import { scopeOf } from '../artefacts/scope-of.js';
import { limitPlanFor } from '../artefacts/limit-plan.js';
import type { Assessment, Finding } from '../judge/finding.js';
import type { Evidence } from '../judge/judge.js';
import { afterShrinkingUpgrade } from '../limit/node-limit.js';
import { groupBy } from '../text/group-by.js';
import { count, percent } from '../text/format.js';
import { present } from '../text/present.js';
import { plannedFinding } from './action-of.js';
import type { Candidate } from './candidate.js';
import { eases } from './choose.js';
import type { Rejected, Unsettled } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Why each of these findings stays, as one would say it. */
export function unsettledOf(
  findings: readonly Finding[],
  chosen: readonly Candidate[],
  evidence: Evidence,
  weighed: WeighedNodes,
): Unsettled[] {
  return findings.map((finding) => ({
    ...plannedFinding(finding),
    why: whyOpen(finding, chosen, evidence, weighed),
  }));
}

function whyOpen(
  finding: Finding,
  chosen: readonly Candidate[],
  evidence: Evidence,
  weighed: WeighedNodes,
): string {
  const { remedies } = finding;
  const eased = chosen.find(
    (one) => one.cluster === finding.cluster && eases(one, finding, weighed),
  );
  if (eased !== undefined) return `less bad once you ${lowerFirst(eased.title)}, and not over`;
  if (finding.nodes.every(({ instanceId }) => weighed.doubted.has(instanceId))) {
    return 'nobody believes this reading: read the node again by hand before you change anything';
  }
  const able = remedies.find(({ helps }) => helps === true);
  if (able?.id === 'raise-limit') {
    const why = whyNoLimit(finding, able, evidence);
    if (why !== undefined) return why;
  }
  if (able !== undefined) return `${able.title} is not enough${leaves(able)}`;
  const maybe = remedies.find(({ helps }) => helps === null);
  if (maybe !== undefined) return `${maybe.title} may help, nobody knows how much: ${maybe.reason}`;
  const [first] = remedies;
  return first === undefined ? 'nothing is known that helps' : `nothing to do: ${first.reason}`;
}

function leaves({ predicted: { usage } }: Assessment): string {
  return usage === undefined ? '' : `: ${percent(usage)} of the table would still be used`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Why no value of kube-proxy gives the nodes of a finding the limit that they ask for. */
function whyNoLimit(finding: Finding, said: Assessment, evidence: Evidence): string | undefined {
  const { limit } = said.predicted;
  if (limit === undefined) return undefined;
  const ids = new Set(finding.nodes.map(({ instanceId }) => instanceId));
  const facts = evidence.snapshots.find(({ node }) => ids.has(node.instanceId))?.facts ?? {};
  const version = afterShrinkingUpgrade(facts).kubeProxy?.version;
  const isLater = finding.rule === 'limit-shrinks-on-upgrade' && version !== undefined;
  const nodes = scopeOf(evidence, finding.cluster);
  const wanting = nodes
    .filter(({ instanceId }) => ids.has(instanceId))
    .map((node) => (isLater ? { ...node, kubeProxy: version } : node));
  const { because } = limitPlanFor(limit, wanting, nodes);
  if (because.length === 0) return undefined;
  return `no one value of kube-proxy keeps ${count(limit)} there. ${because.join(' ')} User data of these nodes with conntrack.maxPerCore 0 would, if all groups of the cluster set their limits themselves`;
}

/** What would not help, one line a remedy: the reason of most findings. */
export function rejectedOf(findings: readonly Finding[]): Rejected[] {
  const said = findings.flatMap(({ id, remedies }) =>
    remedies
      .filter(({ helps }) => helps === false)
      .map(({ id: remedy, title, reason }) => ({ remedy, title, reason, id })),
  );
  return [...groupBy(said, ({ remedy }) => remedy).values()]
    .flatMap((group) => {
      const reasons = [...groupBy(group, ({ reason }) => reason).values()];
      const [most] = reasons.sort((a, b) => b.length - a.length);
      const [first] = most ?? [];
      if (first === undefined) return [];
      const { remedy, title, reason } = first;
      const others = reasons.length - 1;
      const otherReasons = others === 0 ? undefined : others;
      return [
        present({ remedy, title, reason, findings: group.map(({ id }) => id), otherReasons }),
      ];
    })
    .sort((a, b) => b.findings.length - a.findings.length);
}
