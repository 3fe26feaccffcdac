import type { Member } from './candidate.js';
import { timeoutsIn } from './settings.js';

type Timeouts = Readonly<Record<string, number>>;

/** All timeouts that the findings of a place ask to shorten. One timeout is shortened to the same seconds everywhere. */
export function joinedTimeouts(members: readonly Member[]): Timeouts {
  return Object.fromEntries(
    members.flatMap(({ assessment }) => Object.entries(timeoutsIn(assessment.steps))),
  );
}

/** The steps of the worst finding, and of each other one that shortens what no one before it does. */
export function joinedSteps(members: readonly Member[]): string[] {
  const known = new Set<string>();
  const steps = members.flatMap(({ assessment }) => {
    const names = Object.keys(timeoutsIn(assessment.steps));
    if (names.every((name) => known.has(name))) return [];
    for (const name of names) known.add(name);
    return assessment.steps;
  });
  const isLast = (step: string) => step.startsWith('undo: ') || step.startsWith('proof: ');
  return [...steps.filter((step) => !isLast(step)), ...steps.filter(isLast)];
}
