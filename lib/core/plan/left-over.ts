import { leavesAlone, limitPlanFor } from '../artefacts/limit-plan.js';
import { some } from '../artefacts/scope.js';
import type { Assessment, Finding } from '../judge/finding.js';
import { afterShrinkingUpgrade } from '../limit/node-limit.js';
import { groupBy } from '../text/group-by.js';
import { percent } from '../text/format.js';
import { present } from '../text/present.js';
import { plannedFinding } from './action-of.js';
import { SHRINKS } from './asked-limit.js';
import type { Candidate } from './candidate.js';
import { eases } from './choose.js';
import type { Rejected, Unsettled } from './plan.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Why a finding stays once these actions of its cluster are done, as one would say it. */
export function unsettledOf(
  finding: Finding,
  chosen: readonly Candidate[],
  weighed: WeighedNodes,
): Unsettled {
  return { ...plannedFinding(finding), why: whyOpen(finding, chosen, weighed) };
}

function whyOpen(finding: Finding, chosen: readonly Candidate[], weighed: WeighedNodes): string {
  const eased = chosen.find((one) => eases(one, finding, weighed));
  if (eased !== undefined) return `less bad once you ${lowerFirst(eased.title)}, and not over`;
  if (finding.nodes.every(({ instanceId }) => weighed.doubted.has(instanceId))) {
    return 'nobody believes this reading: read the node again by hand before you change anything';
  }
  const { remedies } = finding;
  const able = remedies.find(({ helps }) => helps === true);
  if (able?.id === 'raise-limit') {
    const why = whyNoLimit(finding, able, weighed);
    if (why !== undefined) return why;
  }
  if (able !== undefined) return `${able.title} is not enough${leaves(able)}`;
  const maybe = remedies.find(({ helps }) => helps === null);
  if (maybe !== undefined) return `${maybe.title} may help, nobody knows how much: ${maybe.reason}`;
  const [first] = remedies;
  if (first === undefined) return 'nothing is known that helps';
  return ['nothing to do: ', [first.reason, ...first.steps.slice(0, 1)].join('; ')].join('');
}

function leaves({ predicted: { usage } }: Assessment): string {
  return usage === undefined ? '' : `: ${percent(usage)} of the table would still be used`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Why no value of kube-proxy gives the nodes of a finding the limit that they ask for, and what does. */
function whyNoLimit(finding: Finding, said: Assessment, weighed: WeighedNodes): string | undefined {
  const { limit } = said.predicted;
  if (limit === undefined) return undefined;
  const ids = new Set(finding.nodes.map(({ instanceId }) => instanceId));
  const [worst] = weighed.of(finding);
  const version =
    finding.rule === SHRINKS && worst !== undefined
      ? afterShrinkingUpgrade(worst.facts).kubeProxy?.version
      : undefined;
  const nodes = weighed.scope(finding.cluster);
  const wanting = nodes
    .filter(({ instanceId }) => ids.has(instanceId))
    .map((node) => (version === undefined ? node : { ...node, kubeProxy: version }));
  const { because } = limitPlanFor(limit, wanting, nodes, weighed.policy.tableMemoryShare);
  if (because.length === 0) return undefined;
  const groups = some([...new Set(wanting.map(({ nodeGroup }) => nodeGroup))]);
  const userData = `nf_conntrack_max to ${limit} in the user data of ${groups}`;
  if (nodes.some(leavesAlone))
    return `set ${userData}, if its memory bears it. ${because.join(' ')}`;
  const before = version === undefined ? '' : `before the upgrade to ${version} `;
  return `${before}set ${userData} and what each other node group has today in its own, and then conntrack.maxPerCore of kube-proxy to 0, so that it leaves limits alone. No value of kube-proxy does it: ${because.join(' ')}`;
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
