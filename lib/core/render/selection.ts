import type { Finding } from '../judge/finding.js';
import type { GroupCase } from '../plan/group-case.js';
import { rankOf, type Severity } from '../judge/severity.js';
import { near } from '../text/near.js';
import type { Judged } from './judged.js';

/** What of a report somebody wants to see. Absent: all of it. */
export interface Selection {
  /** This severity, and what is worse. */
  readonly severity?: Severity;
  readonly rules?: readonly string[];
  readonly clusters?: readonly string[];
  /** Id of one finding. */
  readonly finding?: string;
  /** `cluster/node group` of one case. */
  readonly case?: string;
}

/** How many names a message lists. A house choice. */
const NAMED = 8;

/**
 * The part of a judged run that a selection names, with the actions that settle some of it. What was discovered and
 * read stays as it is. Fails on a name that the run does not have, and says which it has.
 */
export function selected(judged: Judged, selection: Selection): Judged {
  checkNames(judged, selection);
  const { evidence, policy, report, plan, cases } = judged;
  const isWanted = (finding: Finding) => fits(finding, selection);
  const findings = report.findings.filter(isWanted);
  const kept = new Set(findings.map(({ id }) => id));
  const isNamed = (cluster: string) => selection.clusters?.includes(cluster) ?? true;
  return {
    evidence,
    policy,
    report: {
      ...report,
      findings,
      clusters: report.clusters.filter(isNamed),
      silent: report.silent.filter(({ cluster }) => isNamed(cluster)),
    },
    plan: {
      ...plan,
      actions: plan.actions.filter(({ settles }) => settles.some(({ id }) => kept.has(id))),
      unsettled: plan.unsettled.filter(({ id }) => kept.has(id)),
      rejected: plan.rejected.filter((one) => one.findings.some((id) => kept.has(id))),
      effects: plan.effects.filter(({ cluster }) => isNamed(cluster)),
    },
    cases: cases
      .map((one) => ({ ...one, findings: one.findings.filter(isWanted) }))
      .filter((one) => one.findings.length > 0),
  };
}

/** `warning and worse; cluster storefront`: what a selection shows. Nothing where it shows everything. */
export function selectionText(selection: Selection): string | undefined {
  const { severity, rules = [], clusters = [] } = selection;
  const parts = [
    ...(severity === undefined ? [] : [`${severity} and worse`]),
    ...rules.map((rule) => `rule ${rule}`),
    ...clusters.map((cluster) => `cluster ${cluster}`),
    ...(selection.finding === undefined ? [] : [`finding ${selection.finding}`]),
    ...(selection.case === undefined ? [] : [`case ${selection.case}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** `storefront/web`, as `--case` names it. */
export function caseName({ cluster, nodeGroup }: Pick<GroupCase, 'cluster' | 'nodeGroup'>): string {
  return `${cluster}/${nodeGroup}`;
}

function fits(finding: Finding, selection: Selection): boolean {
  const { severity = 'notice', rules, clusters } = selection;
  return (
    rankOf(finding.severity) <= rankOf(severity) &&
    isAmong(finding.rule, rules) &&
    isAmong(finding.cluster, clusters) &&
    isAmong(finding.id, oneOf(selection.finding)) &&
    isAmong(caseName(finding), oneOf(selection.case))
  );
}

function isAmong(name: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.includes(name);
}

function oneOf(name: string | undefined): readonly string[] | undefined {
  return name === undefined ? undefined : [name];
}

function checkNames({ report, cases }: Judged, { clusters = [], ...one }: Selection): void {
  for (const cluster of clusters) known('cluster', cluster, report.clusters);
  const ids = report.findings.map(({ id }) => id);
  if (one.finding !== undefined) known('finding', one.finding, ids);
  if (one.case !== undefined) known('case', one.case, cases.map(caseName));
}

function known(what: string, name: string, all: readonly string[]): void {
  if (all.includes(name)) return;
  const meant = nearNames(name, all);
  const more = all.length - NAMED;
  const has = [...all.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])];
  const hint =
    meant.length > 0
      ? `did you mean ${meant.join(', ')}?`
      : all.length === 0
        ? 'it has none'
        : `it has: ${has.join(', ')}`;
  throw new Error(`this run has no ${what} '${name}'; ${hint}`);
}

/** Names near a typing error, or else names that hold it. */
function nearNames(name: string, all: readonly string[]): string[] {
  const mistyped = near(name, all);
  if (mistyped.length > 0 || name === '') return mistyped;
  return all.filter((one) => one.toLowerCase().includes(name.toLowerCase())).slice(0, NAMED);
}
