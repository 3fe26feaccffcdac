import type { DigestGroup } from '../ledger/digest-plan.js';
import { plural } from '../text/format.js';
import { caseText, type ToldNode } from './case-text.js';
import { placeOf } from './tell-item.js';
import type { ToldCase } from './told-cases.js';
import { wrapped } from './wrapped.js';

/** Columns of the word before each change. */
const LABEL = 10;

/** The lines of one case in a mail, raw: its place, then each node with all that is said of it. */
export function mailCase(told: ToldCase, groups: readonly DigestGroup[] = []): string[] {
  const { head, nodes, more, why, notes } = caseText(told);
  const group = groups.find(
    ({ cluster, nodeGroup }) => cluster === told.cluster && nodeGroup === told.nodeGroup,
  );
  const size = group === undefined ? '' : ` (${plural(group.nodes, 'node')})`;
  return [
    `${head}  ${placeOf(told)}${size}`,
    ...nodes.flatMap(nodeLines),
    ...(more === undefined ? [] : [`  ${more}`]),
    ...(why === undefined ? [] : wrapped(why, '        ', '  Why   ')),
    ...notes.flatMap((note) => wrapped(note, '        ', '  Note  ')),
  ];
}

/** What is said of no node stands under the place itself. */
function nodeLines({ name, tables, signs }: ToldNode): string[] {
  const indent = name === undefined ? '  ' : '    ';
  const said = tables === undefined ? name : `${name ?? ''}: ${tables}`;
  return [
    ...(said === undefined ? [] : wrapped(said, '    ', '  ')),
    ...signs.flatMap((one) =>
      wrapped(
        `${one.rule}${one.said}`,
        ' '.repeat(indent.length + LABEL),
        indent + one.label.padEnd(LABEL),
      ),
    ),
  ];
}
