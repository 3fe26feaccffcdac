import { rankOf } from '../../judge/severity.js';
import type { GroupCase } from '../../plan/group-case.js';
import { percent } from '../../text/format.js';
import { caseName } from '../selection.js';

/** What became of a case since the look before: `+` it is new, `!` it is worse, `*` its nodes or signs changed. */
export type Mark = '+' | '!' | '*' | ' ';

/** What the marks mean, for the heading above them. */
export const MARKS = '+ new, ! worse, * changed';

/** The mark of a case, and how full its fullest table was. */
export function caseChange(
  now: GroupCase,
  before: readonly GroupCase[],
): { readonly mark: Mark; readonly was?: string } {
  const former = before.find((one) => caseName(one) === caseName(now));
  if (former === undefined) return { mark: '+' };
  const was = usageText(former);
  return { mark: markOf(now, former), ...(was !== '' && was !== usageText(now) && { was }) };
}

function markOf(now: GroupCase, former: GroupCase): Mark {
  if (rankOf(now.severity) < rankOf(former.severity)) return '!';
  return signsOf(now) === signsOf(former) ? ' ' : '*';
}

/** Everything of a case that a person would call another one, but for how full its tables are. */
function signsOf({ severity, affected, nodes, findings }: GroupCase): string {
  return JSON.stringify([severity, affected, nodes, findings.map(({ id }) => id).sort()]);
}

/** The cases of the look before that are no more. */
export function goneCases(
  now: readonly GroupCase[],
  before: readonly GroupCase[],
): readonly GroupCase[] {
  const names = new Set(now.map(caseName));
  return before.filter((one) => !names.has(caseName(one)));
}

/** `80%`: how full the fullest table of a case is. Nothing where no table was read. */
export function usageText({ worst }: GroupCase): string {
  return worst === undefined ? '' : percent(worst.entries / worst.max);
}
