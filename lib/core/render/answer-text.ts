import type { Answer, GroupAnswer } from '../plan/what-if.js';
import type { Turned } from '../plan/turned.js';
import { groupBy } from '../text/group-by.js';
import { faint, hanging, padded, spaced, strong, type Line } from './lines.js';
import { effectText, tableText } from './plan-text.js';

/** The answer to a question, node group by node group. */
export function answerLines({ groups, fires, eases, stops }: Answer): Line[] {
  const same = groups.filter(isSame);
  const others = groups.filter((one) => !isSame(one));
  return spaced([
    [
      [strong('What if')],
      ...(others.length === 0 ? ['  no table would be another'] : []),
      ...others.flatMap(groupLines),
    ],
    same.length === 0 || others.length === 0 ? [] : sameLines(same),
    [[strong('Would fire')], ...turnedLines(fires)],
    eases.length === 0 ? [] : [[strong('Would be less bad')], ...turnedLines(eases)],
    [[strong('Would stop')], ...turnedLines(stops)],
  ]);
}

/** Nothing of it is to be told: the table is as before, and that is known. */
function isSame({ before, after, notes }: GroupAnswer): boolean {
  return notes.length === 0 && tableText(before) === tableText(after);
}

function groupLines(one: GroupAnswer): Line[] {
  return [hanging('  ', effectText(one)), ...one.notes.map((note) => hanging('    ', faint(note)))];
}

function sameLines(same: readonly GroupAnswer[]): Line[] {
  const clusters = groupBy(same, ({ cluster }) => cluster);
  return [
    [strong('No difference')],
    ...[...clusters].map(([cluster, groups]) =>
      hanging('  ', `${cluster}: ${groups.map(({ nodeGroup }) => nodeGroup).join(', ')}`),
    ),
  ];
}

/** Columns of the longest severity. */
const SEVERITY = 'critical'.length;

function turnedLines(turned: readonly Turned[]): Line[] {
  if (turned.length === 0) return ['  nothing'];
  return turned.map(({ id, severity, summary }) =>
    hanging(
      ['  ', { style: severity, text: padded(severity, SEVERITY) }, ' '],
      `${id}: ${summary}`,
    ),
  );
}
