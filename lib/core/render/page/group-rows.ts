import { severities } from '../../judge/severity.js';
import { count } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import type { Mark, NodeRow } from './node-rows.js';

/** One node group, as the page shows it. */
export interface GroupRow {
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly rows: readonly NodeRow[];
  /** The fullest table; absent where none was read. */
  readonly fullest?: number;
}

/** From worst to mildest. */
export const marks: readonly Mark[] = [...severities.slice(0, 2), 'later', 'notice', 'fine'];

/** Node groups by cluster, what is worst first. */
export function groupRows(rows: readonly NodeRow[]): Map<string, GroupRow[]> {
  const groups = groupBy(rows, ({ node }) => JSON.stringify([node.cluster, node.nodeGroup]));
  const sorted = [...groups.values()]
    .flatMap(groupOf)
    .sort((a, b) => markOf(a) - markOf(b) || (b.fullest ?? -1) - (a.fullest ?? -1));
  return groupBy(sorted, ({ cluster }) => cluster);
}

function groupOf(rows: readonly NodeRow[]): GroupRow[] {
  const usages = rows.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const known = usages.length === 0 ? {} : { fullest: usages.reduce((a, b) => Math.max(a, b)) };
  return rows.slice(0, 1).map(({ node }) => ({
    cluster: node.cluster,
    nodeGroup: node.nodeGroup,
    rows,
    ...known,
  }));
}

/** The rank of the worst mark; a group of which nothing is known comes last. */
function markOf({ rows }: GroupRow): number {
  return rows.reduce(
    (rank, { mark, silent }) =>
      Math.min(rank, silent === undefined ? marks.indexOf(mark) : marks.length),
    marks.length,
  );
}

/** `9 × m5.large`, `14 × m5.large, c5.large and 2 more types`. */
export function typesText(rows: readonly NodeRow[]): string {
  const types = [...new Set(rows.map(({ node }) => node.instanceType))];
  const more = types.length - 2;
  return `${count(rows.length)} × ${types.slice(0, 2).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
