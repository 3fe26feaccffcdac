import type { Command } from '../judge/command.js';
import type { Finding } from '../judge/finding.js';
import { present } from '../text/present.js';
import type { Candidate } from './candidate.js';
import { effectsOf } from './effects.js';
import type { Action, Alternative, PlannedFinding } from './plan.js';
import { isSettled } from './settling.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Other ways that one action names. A house choice. */
const ALTERNATIVES = 3;

/** An action as people read it, after those that are done before it. */
export function actionOf(
  chosen: Candidate,
  before: readonly Candidate[],
  candidates: readonly Candidate[],
  findings: readonly Finding[],
  weighed: WeighedNodes,
): Action {
  const done = [...before, chosen];
  const settles = findings.filter(
    (one) => isSettled(one, done, weighed) && !isSettled(one, before, weighed),
  );
  const { id, remedy, title, reach, cluster, nodeGroup, limit, instanceType, members } = chosen;
  const [first] = members;
  const { reason = '', steps = [], command } = first?.assessment ?? {};
  return {
    id,
    remedy,
    title,
    scope: { reach, cluster, ...present({ nodeGroup }) },
    ...present({ limit, instanceType }),
    effects: effectsOf([chosen], weighed),
    settles: settles.map(plannedFinding),
    nodes: new Set(settles.flatMap(({ nodes }) => nodes.map((one) => one.instanceId))).size,
    reason,
    steps,
    ...present({ command: command && atLimit(command, limit) }),
    alternatives: alternativesTo(chosen, settles, candidates, weighed),
  };
}

export function plannedFinding({ id, severity, nodes }: Finding): PlannedFinding {
  return { id, severity, nodes: nodes.length };
}

/** The files of the limit that was chosen for the whole place. */
function atLimit(command: Command, limit: number | undefined): Command {
  return command.name === 'fix' && command.limit !== undefined && limit !== undefined
    ? { ...command, limit }
    : command;
}

/** Other remedies that settle all of it as well, the quickest first. */
function alternativesTo(
  { id, remedy }: Candidate,
  settles: readonly Finding[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): Alternative[] {
  if (settles.length === 0) return [];
  return candidates
    .filter((one) => one.id !== id && one.remedy !== remedy)
    .filter((one) => settles.every((finding) => isSettled(finding, [one], weighed)))
    .slice(0, ALTERNATIVES)
    .map(({ remedy: other, title, members }) => ({
      remedy: other,
      title,
      reason: members[0]?.assessment.reason ?? '',
    }));
}
