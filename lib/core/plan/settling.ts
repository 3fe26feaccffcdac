import type { Finding } from '../judge/finding.js';
import type { About } from '../judge/rule.js';
import type { Candidate } from './candidate.js';
import { afterChanges, changesOf } from './model.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Kinds of findings that are over once their tables are used little enough. */
const byUsage: readonly (About | undefined)[] = ['room', 'filler'];

/** Whether a finding is over once these are done. */
export function isSettled(
  finding: Finding,
  done: readonly Candidate[],
  weighed: WeighedNodes,
): boolean {
  const answers = done.filter((one) => answersTo(one, finding));
  if (answers.length === 0) return false;
  if (!byUsage.includes(weighed.about(finding))) return answers.some((one) => gives(one, finding));
  return weighed.of(finding).every((snapshot) => {
    const { usage } = afterChanges(snapshot, changesOf(snapshot, done), weighed.policy);
    return usage !== undefined && usage < weighed.policy.warningUsage;
  });
}

export function answersTo({ members }: Candidate, { id }: Finding): boolean {
  return members.some(({ finding }) => finding.id === id);
}

/** Whether it gives what this finding asks for: of a limit, as much. */
function gives({ members, limit = Infinity }: Candidate, { id }: Finding): boolean {
  return members.some(
    ({ finding, assessment }) => finding.id === id && (assessment.predicted.limit ?? 0) <= limit,
  );
}
