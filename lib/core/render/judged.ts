import type { Finding } from '../judge/finding.js';
import type { Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import { severities, type Severity } from '../judge/severity.js';
import type { GroupCase } from '../plan/group-case.js';
import type { Plan } from '../plan/plan.js';
import { silentRule } from '../rules/index.js';
import { count } from '../text/format.js';

/** One judged audit, as every format gets it. */
export interface Judged {
  readonly evidence: Evidence;
  readonly policy: Policy;
  readonly report: Report;
  readonly plan: Plan;
  readonly cases: readonly GroupCase[];
}

/** Whether a finding only says that nodes could not be read: those are counted as silent nodes. */
export function isOfSilentNodes({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule === silentRule.id;
}

/** The findings about nodes that were read. */
export function findingsOfRead({ findings }: Pick<Report, 'findings'>): Finding[] {
  return findings.filter((finding) => !isOfSilentNodes(finding));
}

/** `4 critical, 19 warning, 7 notice`: the worst first; nothing where there is none. */
export function bySeverity(all: readonly { readonly severity: Severity }[]): string {
  return severities
    .map((severity) => ({ severity, many: all.filter((one) => one.severity === severity).length }))
    .filter(({ many }) => many > 0)
    .map(({ severity, many }) => `${count(many)} ${severity}`)
    .join(', ');
}
