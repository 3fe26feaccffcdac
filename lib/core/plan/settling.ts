import type { Finding } from '../judge/finding.js';
import type { About } from '../judge/rule.js';
import type { Severity } from '../judge/severity.js';
import type { Snapshot } from '../node/snapshot.js';
import { isClusterWide, type Candidate } from './candidate.js';
import { factsWith } from './facts-after.js';
import { changesOf, tableAfter } from './model.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Kinds of findings whose end no fact of a node foretells: what a remedy says of itself is all there is. */
const byWord: readonly (About | undefined)[] = ['race', 'ec2', 'reading', 'reach'];

/**
 * Whether a finding is over once these are done: its own rule, asked about the changed facts of every node,
 * finds it no more. Drops and evictions are of the time before, so that of a table that is full they end where
 * the usage stays below the warning.
 */
export function isSettled(
  finding: Finding,
  done: readonly Candidate[],
  weighed: WeighedNodes,
): boolean {
  const here = done.filter((one) => touches(one, finding));
  const answers = here.filter((one) => isFor(one, finding, weighed));
  if (answers.length === 0) return false;
  if (byWord.includes(weighed.about(finding))) return true;
  const found = weighed.found(finding);
  return (
    found.length > 0 &&
    found.every(
      ({ snapshot, severity }) =>
        answers.some((one) => one.change(snapshot) !== undefined) &&
        isOver(finding, snapshot, here, severity, weighed),
    )
  );
}

function isOver(
  finding: Finding,
  snapshot: Snapshot,
  done: readonly Candidate[],
  was: Severity,
  weighed: WeighedNodes,
): boolean {
  const { policy } = weighed;
  const changes = changesOf(snapshot, done);
  const table = tableAfter(snapshot, changes, policy);
  if (weighed.about(finding) === 'room') {
    if (table === undefined || table.most + table.margin >= policy.warningUsage) return false;
  }
  const facts = factsWith(snapshot, changes, table, weighed.asksFor(finding));
  const verdict = weighed.judgeAgain(finding, snapshot, facts, was)?.verdict;
  return verdict === 'pass' || (verdict === 'unknown' && weighed.proof(finding) === 'growth');
}

/** Kinds of findings that look at what kube-proxy writes as it starts: limits, and a quarter of them as buckets. */
const byKubeProxy: readonly (About | undefined)[] = ['limit', 'hash'];

/** Whether it is an answer, or sets limits of the whole cluster, which other findings are about. */
export function isFor(candidate: Candidate, finding: Finding, weighed: WeighedNodes): boolean {
  if (answersTo(candidate, finding)) return true;
  return candidate.kubeProxy !== undefined && byKubeProxy.includes(weighed.about(finding));
}

export function answersTo({ answers }: Candidate, { id }: Finding): boolean {
  return answers.has(id);
}

/** Whether it changes nodes where the finding is. */
export function touches(candidate: Candidate, { cluster, nodeGroup }: Finding): boolean {
  if (candidate.cluster !== cluster) return false;
  return isClusterWide(candidate) || nodeGroup === '*' || candidate.nodeGroup === nodeGroup;
}
