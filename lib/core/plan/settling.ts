import type { Finding } from '../judge/finding.js';
import type { Policy } from '../judge/policy.js';
import type { About } from '../judge/rule.js';
import type { Candidate } from './candidate.js';
import { afterChanges, changesOf } from './model.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Kinds of findings that are over once their tables are used little enough. */
const byUsage: readonly (About | undefined)[] = ['room', 'filler'];

/** What fills a table is found below the warning already, so that only the target usage ends it. */
function enough(about: About | undefined, { warningUsage, targetUsage }: Policy): number {
  return about === 'filler' ? targetUsage : warningUsage;
}

/** Whether a finding is over once these are done. */
export function isSettled(
  finding: Finding,
  done: readonly Candidate[],
  weighed: WeighedNodes,
): boolean {
  const answers = done.filter((one) => answersTo(one, finding));
  if (answers.length === 0) return false;
  if (!byUsage.includes(weighed.about(finding))) return answers.some((one) => gives(one, finding));
  const most = enough(weighed.about(finding), weighed.policy);
  return weighed.of(finding).every((snapshot) => {
    const changes = changesOf(snapshot, answers);
    const { usage } = afterChanges(snapshot, changesOf(snapshot, done), weighed.policy);
    return changes.length > 0 && usage !== undefined && usage <= most;
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
