import { severities, rankOf, type Severity } from '../judge/severity.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { isOver, type Transition } from '../ledger/transition.js';

/** What changed in one node group, or in a cluster as a whole: one story. */
export interface ToldCase {
  readonly cluster: string;
  /** `*` where it is the whole cluster. */
  readonly nodeGroup: string;
  /** The worst of what is open. Absent: all is over. */
  readonly severity?: Severity;
  /** Whether a limit went back. */
  readonly isFixLost: boolean;
  /** What is open first, the worst of it first. */
  readonly transitions: readonly Transition[];
}

/** The changes by node group: what is open, the worst first, then lost fixes, then what is over. */
export function toldCases(transitions: readonly Transition[]): ToldCase[] {
  const groups = groupBy(transitions, ({ finding: { cluster, nodeGroup } }) =>
    JSON.stringify([cluster, nodeGroup]),
  );
  return [...groups.values()]
    .flatMap((group) => toldCase(group))
    .sort((a, b) => urgencyOf(a) - urgencyOf(b));
}

function toldCase(transitions: readonly Transition[]): ToldCase[] {
  const [first] = transitions;
  if (first === undefined) return [];
  const { cluster, nodeGroup } = first.finding;
  const open = transitions.filter(({ kind }) => !isOver(kind));
  const over = transitions.filter(({ kind }) => isOver(kind));
  const severity = severities.find((one) => open.some(({ finding }) => finding.severity === one));
  const isFixLost = transitions.some(({ fixLost }) => fixLost === true);
  return [
    { cluster, nodeGroup, isFixLost, transitions: [...open, ...over], ...present({ severity }) },
  ];
}

function urgencyOf({ severity, isFixLost }: ToldCase): number {
  if (severity !== undefined) return rankOf(severity);
  return isFixLost ? severities.length : severities.length + 1;
}
