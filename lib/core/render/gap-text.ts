import { gapReasons, type Gap } from '../node/gap.js';
import { count } from '../text/format.js';
import { groupBy } from '../text/group-by.js';

/** How many subjects of one kind of gap a message names. A house choice. */
const SUBJECTS_NAMED = 3;

/** `cluster prod: the role may not ask, and needs eks:DescribeCluster: AccessDenied ...`. */
export function gapText({ subject, detail, ...gap }: Omit<Gap, 'about'>): string {
  return [`${subject}: ${reasonText(gap)}`, detail].filter((part) => part !== '').join(': ');
}

/** The same gaps in fewer lines: those of one operation and reason are one, without what the service said. */
export function groupedGaps(gaps: readonly Gap[]): string[] {
  const alike = groupBy(gaps, ({ operation, reason }) => JSON.stringify([operation, reason]));
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map((gap) => `${subjects(group)}: ${reasonText(gap)}`),
  );
}

function subjects(gaps: readonly Gap[]): string {
  const named = gaps.slice(0, SUBJECTS_NAMED).map(({ subject }) => subject);
  const more = gaps.length - named.length;
  return [...named, ...(more === 0 ? [] : [`and ${count(more)} more`])].join(', ');
}

function reasonText({ reason, operation }: Pick<Gap, 'reason' | 'operation'>): string {
  const said = gapReasons[reason];
  return reason === 'not-permitted' ? `${said}, and needs ${operation}` : `${said} (${operation})`;
}
