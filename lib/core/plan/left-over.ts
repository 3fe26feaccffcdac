import type { Finding } from '../judge/finding.js';
import { groupBy } from '../text/group-by.js';
import { plannedFinding } from './action-of.js';
import type { Candidate } from './candidate.js';
import type { Rejected, Unsettled } from './plan.js';
import { answersTo } from './settling.js';

/** Why each of these findings stays, in one phrase. */
export function unsettledOf(
  findings: readonly Finding[],
  chosen: readonly Candidate[],
): Unsettled[] {
  return findings.map((finding) => ({ ...plannedFinding(finding), why: whyOpen(finding, chosen) }));
}

function whyOpen(finding: Finding, chosen: readonly Candidate[]): string {
  const { remedies } = finding;
  const eased = chosen.find((one) => answersTo(one, finding));
  if (eased !== undefined) return `eased by: ${eased.title}`;
  const able = remedies.find((one) => one.helps === true);
  if (able !== undefined) return `not enough alone: ${able.title}`;
  const maybe = remedies.find((one) => one.helps === null);
  if (maybe !== undefined) return `may help: ${maybe.title}: ${maybe.reason}`;
  return remedies[0] === undefined
    ? 'no remedy is known'
    : `nothing known helps: ${remedies[0].reason}`;
}

/** What would not help, by remedy and reason. */
export function rejectedOf(findings: readonly Finding[]): Rejected[] {
  const said = findings.flatMap(({ id, remedies }) =>
    remedies
      .filter(({ helps }) => helps === false)
      .map(({ id: remedy, title, reason }) => ({ remedy, title, reason, id })),
  );
  return [
    ...groupBy(said, ({ remedy, reason }) => JSON.stringify([remedy, reason])).values(),
  ].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { remedy, title, reason } = first;
    return [{ remedy, title, reason, findings: group.map(({ id }) => id) }];
  });
}
