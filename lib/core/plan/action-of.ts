import type { Command } from '../judge/command.js';
import type { Finding } from '../judge/finding.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import type { Candidate } from './candidate.js';
import { eases as easesIt } from './choose.js';
import { effectsOf } from './effects.js';
import type { Action, Alternative, PlannedFinding } from './plan.js';
import { idOf } from './place.js';
import { prices } from './prices.js';
import { saidOf } from './said.js';
import { Settled } from './settled.js';
import { answersTo, touches } from './settling.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Other ways that one action names. A house choice. */
const ALTERNATIVES = 3;

/** An action with what it was made of. */
export interface Made {
  readonly candidate: Candidate;
  readonly action: Action;
  readonly settles: readonly Finding[];
  readonly eases: readonly Finding[];
}

/** The actions of one cluster in the order of doing, each with what it adds to those before it. */
export function actionsOf(
  chosen: readonly Candidate[],
  candidates: readonly Candidate[],
  findings: readonly Finding[],
  weighed: WeighedNodes,
): Made[] {
  const done = new Settled(weighed);
  const all = new Settled(weighed, chosen);
  const over = new Set<Finding>();
  return chosen.map((candidate) => {
    const before = [...done.chosen];
    done.choose(candidate);
    const touched = findings.filter((one) => touches(candidate, one));
    // What a later action brings back is not settled.
    const settles = touched.filter((one) => !over.has(one) && all.byAll(one) && done.byAll(one));
    for (const one of settles) over.add(one);
    const eases = touched.filter((one) => !all.byAll(one) && easesIt(candidate, one, weighed));
    const alternatives = alternativesTo(candidate, before, settles, candidates, weighed);
    return {
      candidate,
      settles,
      eases,
      action: {
        ...actionOf(candidate, settles, eases),
        effects: effectsOf([candidate], weighed, before),
        alternatives,
      },
    };
  });
}

/** An action as people read it. What is said of it is said of what it settles. */
function actionOf(
  chosen: Candidate,
  settles: readonly Finding[],
  eases: readonly Finding[],
): Omit<Action, 'effects' | 'alternatives'> {
  const { remedy, title, reach, cluster, nodeGroup } = chosen;
  const { limit, kubeProxy, instanceType, timeouts } = chosen;
  const { reason, steps, command } = saidOf(chosen, settles.length > 0 ? settles : eases);
  return {
    id: idOf({ remedy: { id: remedy }, cluster, ...present({ nodeGroup }) }),
    remedy,
    title,
    scope: { reach, cluster, ...present({ nodeGroup }) },
    ...present({ limit, kubeProxy, instanceType, timeouts }),
    settles: settles.map(plannedFinding),
    ...(eases.length > 0 && { eases: eases.map(plannedFinding) }),
    nodes: nodesOf([...settles, ...eases]),
    reason,
    steps,
    price: prices[remedy] ?? '',
    ...present({ undo: after('undo: ', steps), proof: after('proof: ', steps) }),
    ...present({ command: command && atLimit(command, limit) }),
  };
}

/** What a step says after the word that it begins with. */
function after(word: string, steps: readonly string[]): string | undefined {
  return steps.find((step) => step.startsWith(word))?.slice(word.length);
}

function nodesOf(findings: readonly Finding[]): number {
  return new Set(findings.flatMap(({ nodes }) => nodes.map((one) => one.instanceId))).size;
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

/** Other remedies that settle all of it in its place, the quickest first. */
function alternativesTo(
  { id, remedy }: Candidate,
  before: readonly Candidate[],
  settles: readonly Finding[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): Alternative[] {
  const [first] = settles;
  if (first === undefined) return [];
  const settled = new Settled(weighed, before);
  const able = candidates
    .filter((one) => one.id !== id && one.remedy !== remedy && !before.includes(one))
    .filter((one) => settles.every((finding) => answersTo(one, finding)))
    .filter((one) => settles.every((finding) => settled.with([one], finding)));
  // Of one remedy the first: that of the smallest type.
  return [...groupBy(able, (one) => one.remedy).values()]
    .flatMap(([one]) => one ?? [])
    .slice(0, ALTERNATIVES)
    .map((one) => ({
      remedy: one.remedy,
      title: one.title,
      reason: saidOf(one, settles).reason,
    }));
}
