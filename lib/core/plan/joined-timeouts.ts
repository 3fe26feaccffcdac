import { timeoutSteps, type Shortened, type Written } from '../remedies/shared/timeout-steps.js';
import type { Snapshot } from '../node/snapshot.js';
import type { Member } from './candidate.js';
import type { Place } from './place.js';
import { groupByParts } from '../text/group-by.js';
import { timeoutsIn } from './settings.js';
import type { WeighedNodes } from './weighed-nodes.js';

type Timeouts = Readonly<Record<string, number>>;

/** All timeouts that the findings of a place ask to shorten, each to the fewest seconds that one of them asks for. */
export function joinedTimeouts(members: readonly Member[]): Timeouts {
  const joined = new Map<string, number>();
  for (const { assessment } of members) {
    for (const [name, seconds] of Object.entries(timeoutsIn(assessment.steps))) {
      joined.set(name, Math.min(seconds, joined.get(name) ?? seconds));
    }
  }
  return Object.fromEntries(joined);
}

/** One command for all of these timeouts, and where each kind of node group keeps them. */
export function joinedSteps(
  timeouts: Timeouts,
  { members, kinds }: Place,
  weighed: WeighedNodes,
): string[] {
  const kindOf = ({ node }: Snapshot) => kinds.get(node.nodeGroup) ?? node.nodeGroupKind;
  const nodes = members.flatMap(({ finding }) => weighed.of(finding));
  const worth = Object.entries(timeouts).map(([timeout, shorter]): Shortened => {
    const seconds = nodes.map(({ facts }) => facts.timeouts?.[timeout] ?? 0);
    return { timeout, shorter, seconds: Math.max(shorter, ...seconds) };
  });
  const alike = groupByParts(nodes, (one) => [kindOf(one), one.facts.kubeProxy?.version]);
  const written = alike.flatMap(([one]): Written[] =>
    one === undefined ? [] : [{ facts: one.facts, nodeGroupKind: kindOf(one) }],
  );
  const all = [...new Set(written.flatMap((one) => timeoutSteps(worth, one)))];
  const isLast = (step: string) => step.startsWith('undo: ') || step.startsWith('proof: ');
  return [...all.filter((step) => !isLast(step)), ...all.filter(isLast)];
}

/** What each finding says that brings a timeout which those before it do not, with its node group where there are several. */
export function joinedReason(members: readonly Member[]): string {
  const known = new Set<string>();
  const telling = members.filter(({ assessment }) => {
    const names = Object.keys(timeoutsIn(assessment.steps)).filter((name) => !known.has(name));
    for (const name of names) known.add(name);
    return names.length > 0;
  });
  return telling
    .map(({ finding, assessment: { reason } }) =>
      telling.length === 1 ? reason : `${finding.nodeGroup}: ${reason}`,
    )
    .join('; ');
}
