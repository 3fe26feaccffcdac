import type { Evidence } from '../../judge/judge.js';
import type { Policy } from '../../judge/policy.js';
import type { Report } from '../../judge/report.js';
import type { GroupCase } from '../../plan/group-case.js';
import type { Plan } from '../../plan/plan.js';

/** What the page shows: a judged run. */
export interface PageParts {
  readonly evidence: Evidence;
  readonly policy: Policy;
  readonly report: Report;
  readonly plan: Plan;
  readonly cases: readonly GroupCase[];
}
