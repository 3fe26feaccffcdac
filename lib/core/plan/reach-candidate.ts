import { groupBy } from '../text/group-by.js';
import { count } from '../text/format.js';
import type { Candidate, Member } from './candidate.js';
import { common, type Place } from './place.js';
import { titleOf } from './titles.js';

const BY_HAND = 'read the node by hand, with the command node on it';

const COLLECT = 'let EKS collect support bundles of them, with the command collect';

/** One action for the unread nodes of a cluster: what brings them back, reasons with the same answer together. */
export function reachCandidate(place: Place): Candidate {
  const causes = [...groupBy(place.members, causeOf)]
    .map(([cause, members]) => ({ cause, nodes: nodesOf(members), steps: stepsOf(members) }))
    .sort((a, b) => b.nodes - a.nodes || (a.cause < b.cause ? -1 : 1));
  const steps = causes.flatMap(({ cause, steps: said }) => said.map((step) => ({ step, cause })));
  return {
    ...common(place),
    title: titleOf(place.remedy, place),
    reason: reasonOf(place.members, causes),
    steps: [...groupBy(steps, ({ step }) => step)].map(([step, group]) =>
      causes.length === 1 ? step : `${group.map(({ cause }) => cause).join(', ')}: ${step}`,
    ),
    change: () => undefined,
  };
}

/** How many nodes for each cause; of one cause what the remedy says of it. */
function reasonOf(
  [first]: readonly Member[],
  causes: readonly { readonly cause: string; readonly nodes: number }[],
): string {
  const [only, ...others] = causes;
  if (only !== undefined && others.length === 0) {
    return `${only.cause}: ${first?.assessment.reason ?? ''}`;
  }
  return `nodes by cause: ${causes.map(({ cause, nodes }) => `${cause} ${count(nodes)}`).join(', ')}`;
}

function stepsOf([first]: readonly Member[]): readonly string[] {
  const { steps = [], command } = first?.assessment ?? {};
  if (command?.name === 'collect') return [COLLECT, ...steps];
  return command?.name === 'node' ? [...steps, BY_HAND] : steps;
}

/** `ssm-missing`, or the rule where a finding has no cause. */
function causeOf({ finding }: Member): string {
  const { id, rule, cluster, nodeGroup } = finding;
  const cause = id.slice([rule, cluster, nodeGroup].join('/').length + 1);
  return cause === '' ? rule : cause;
}

function nodesOf(members: readonly Member[]): number {
  const ids = members.flatMap(({ finding }) => finding.nodes.map(({ instanceId }) => instanceId));
  return new Set(ids).size;
}
