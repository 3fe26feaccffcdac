import { judge, type Catalogue, type Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import { policySchema } from '../judge/policy-schema.js';
import type { Report } from '../judge/report.js';
import { wasOf, withRecalled, type Recalled } from '../ledger/recall.js';
import { gatherEvidence } from './gather-evidence.js';
import type { RunStore } from './ports.js';
import { casesOf, type GroupCase } from '../plan/group-case.js';
import type { Plan } from '../plan/plan.js';
import { planOf } from '../plan/plan-of.js';
import { recalledSchema } from './recalled-file.js';
import { readRunFile } from './run-files.js';

/** One judged audit, for `audit`, `report`, `fix` and the function. */
export interface JudgedRun {
  /** With the recalled facts of the nodes. */
  readonly evidence: Evidence;
  readonly policy: Policy;
  readonly report: Report;
  /** What to do, best first. */
  readonly plan: Plan;
  /** The findings by node group, as stories. */
  readonly cases: readonly GroupCase[];
}

/** Judges the evidence of one audit with what the ledger knew about its nodes. Pure. */
export function judgedRun(
  gathered: Evidence,
  recalled: Recalled,
  catalogue: Catalogue,
  policy: Policy,
): JudgedRun {
  const evidence = withRecalled(gathered, recalled);
  const report = judge(evidence, catalogue, policy, wasOf(recalled));
  const plan = planOf(evidence, report, catalogue, policy);
  return { evidence, policy, report, plan, cases: casesOf(evidence, report, catalogue.silentRule) };
}

/**
 * Judges a saved run again, by its own policy unless another one is given. A run that ended before its
 * judgement has nothing recalled.
 */
export async function judgeSavedRun(
  store: RunStore,
  catalogue: Catalogue,
  policyFrom: (saved: Policy) => Policy = (saved) => saved,
): Promise<JudgedRun> {
  const gathered = await gatherEvidence(store);
  const saved = await readRunFile(store, 'policy.json', policySchema);
  const policy = policyFrom(saved);
  const wasJudged = (await store.keys('recalled.json')).length > 0;
  const recalled = wasJudged ? await readRunFile(store, 'recalled.json', recalledSchema) : {};
  return judgedRun(gathered, recalled, catalogue, policy);
}
