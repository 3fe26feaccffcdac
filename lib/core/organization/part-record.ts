import type { Report } from '../judge/report.js';
import { severities } from '../judge/severity.js';
import type { Account } from '../node/gap.js';
import type { GroupCase } from '../plan/group-case.js';
import type { Action, Plan } from '../plan/plan.js';
import { silentRule } from '../rules/index.js';
import { present } from '../text/present.js';
import { shortened } from '../text/printable.js';
import {
  PART_SCHEMA_VERSION,
  type Counts,
  type PartAction,
  type PartCase,
  type PartRecord,
} from './part.js';

/** House limits, so that the records of a thousand accounts are read in seconds: the report has all. */
const MOST = 10;
const LONGEST = 300;
const SIGNS = 5;

/** A judged run, as far as a record needs it. */
export interface JudgedPart {
  readonly report: Report;
  readonly plan: Plan;
  readonly cases: readonly GroupCase[];
}

/** The record of one judged run. */
export function partRecordOf(
  { report, plan, cases }: JudgedPart,
  { account, ...more }: Pick<PartRecord, 'account' | 'location' | 'cadenceSeconds'>,
): PartRecord {
  const { runId, startedAt, region, nodes, gaps = [] } = report;
  // An action that only reaches silent nodes has no place among what is wrong.
  const actions = plan.actions.filter(({ settles }) => settles.some((one) => !isSilent(one.id)));
  return {
    schemaVersion: PART_SCHEMA_VERSION,
    ...{ runId, startedAt, account, region, nodes },
    clusters: report.clusters.length,
    findings: countsOf(report.findings.filter(({ rule }) => rule !== silentRule.id)),
    gaps: gaps.length,
    cases: cases.slice(0, MOST).map(partCase),
    moreCases: Math.max(0, cases.length - MOST),
    actions: actions.slice(0, MOST).map(partAction),
    moreActions: Math.max(0, actions.length - MOST),
    ...more,
  };
}

/** How many there are of each severity. */
function countsOf(all: readonly { readonly severity: keyof Counts }[]): Counts {
  const of = (severity: keyof Counts) => all.filter((one) => one.severity === severity).length;
  return { critical: of('critical'), warning: of('warning'), notice: of('notice') };
}

/** The sums of each severity. */
export function sumOf(all: readonly Counts[]): Counts {
  const sums = severities.map((one) => [one, all.reduce((sum, counts) => sum + counts[one], 0)]);
  return Object.fromEntries(sums) as Counts;
}

/** The name that people gave the account. */
export function withName(account: Account, name: string | undefined): Account {
  return { id: account.id, ...present({ alias: account.alias ?? name }) };
}

function partCase({ findings, ...one }: GroupCase): PartCase {
  const { cluster, nodeGroup, severity, nodes, affected, worst } = one;
  return {
    ...{ cluster, nodeGroup, severity, nodes, affected },
    ...present({ worst }),
    signs: [...new Set(findings.map(({ rule }) => rule))].slice(0, SIGNS),
    summary: shortened(findings[0]?.summary ?? '', LONGEST),
  };
}

function partAction(action: Action): PartAction {
  const { id, remedy, title, scope, settles, nodes, effects, command } = action;
  const [effect] = effects;
  return {
    ...{ id, remedy, cluster: scope.cluster, nodes },
    title: shortened(title, LONGEST),
    settles: countsOf(settles.filter((one) => !isSilent(one.id))),
    ...(effect !== undefined && {
      effect: { nodeGroup: effect.nodeGroup, before: effect.before, after: effect.after },
    }),
    ...present({ command }),
  };
}

/** Ids of findings begin with their rule. */
function isSilent(id: string): boolean {
  return id.startsWith(`${silentRule.id}/`);
}
