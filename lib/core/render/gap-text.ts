import { gapReasons, type Gap } from '../node/gap.js';
import { count } from '../text/format.js';
import { groupBy } from '../text/group-by.js';

/** How many subjects of one kind of gap a message names. A house choice. */
const SUBJECTS_NAMED = 3;

type GapTold = Omit<Gap, 'about'> & { readonly about: string };

/** `cluster prod: the role may not ask, and needs eks:DescribeCluster: AccessDenied ...`. */
export function gapText({ subject, detail, ...gap }: GapTold): string {
  if (gap.about === 'bundle') return `${subject} ${detail}`;
  return [`${subject}: ${reasonText(gap)}`, detail].filter((part) => part !== '').join(': ');
}

/** The same gaps in fewer lines: those of one operation and reason are one, without what the service said. */
export function groupedGaps(gaps: readonly Gap[]): string[] {
  const [bundles, services] = [gaps.filter(isBundle), gaps.filter((gap) => !isBundle(gap))];
  const alike = groupBy(services, ({ operation, reason }) => JSON.stringify([operation, reason]));
  const grouped = [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map((gap) => `${subjects(group)}: ${reasonText(gap)}`),
  );
  return [...grouped, ...bundles.map(gapText)];
}

/** Each bundle has a fault of its own. */
function isBundle({ about }: Gap): boolean {
  return about === 'bundle';
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
