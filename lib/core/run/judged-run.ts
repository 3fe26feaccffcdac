import { judge, type Catalogue, type Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import { policySchema } from '../judge/policy-schema.js';
import type { Report } from '../judge/report.js';
import { wasOf, withRecalled, type Recalled } from '../ledger/recall.js';
import { gatherEvidence } from './gather-evidence.js';
import type { RunStore } from './ports.js';
import { recalledSchema } from './recalled-file.js';
import { readRunFile } from './run-files.js';

/** One audit, judged: what `audit`, `report`, `fix` and the function all work with. */
export interface JudgedRun {
  /** With what was recalled of the nodes among their facts. */
  readonly evidence: Evidence;
  readonly policy: Policy;
  readonly report: Report;
}

/** Judges the evidence of one audit with what the ledger knew of its nodes. Pure. */
export function judgedRun(
  gathered: Evidence,
  recalled: Recalled,
  catalogue: Catalogue,
  policy: Policy,
): JudgedRun {
  const evidence = withRecalled(gathered, recalled);
  return { evidence, policy, report: judge(evidence, catalogue, policy, wasOf(recalled)) };
}

/**
 * Judges a saved run again, by the policy that it was judged by unless another one is given. Nothing is
 * recalled of a run that ended before it was judged.
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
