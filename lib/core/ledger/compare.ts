import type { MutedFinding } from './digest.js';
import { rankOf } from '../judge/severity.js';
import { audited, type CompareInput } from './audit-index.js';
import { MOST_FINDINGS } from './bounds.js';
import type { FindingMemory } from './ledger.js';
import type { Outcome } from './outcome.js';
import { compareSeen } from './seen-finding.js';
import { compareUnseen } from './unseen-finding.js';
import { transitionKinds, type Transition } from './transition.js';

export type { CompareInput };

/** How the findings changed since the last audit. */
export interface Comparison {
  /** Worst first: by kind as `transitionKinds` has them within one severity. */
  readonly transitions: readonly Transition[];
  readonly silenced: readonly MutedFinding[];
  /** By id, for the next ledger. */
  readonly findings: Readonly<Record<string, FindingMemory>>;
  /** Open findings for which the ledger has no room: neither remembered nor told. */
  readonly surplus: number;
}

/**
 * Compares the findings of an audit with those of the ledger. Only changes are told, and a finding is
 * over only if its nodes were read and are fine. To compare the same audit again with the ledger that
 * it left tells nothing.
 */
export function compare(input: CompareInput): Comparison {
  const { report, ledger } = input;
  const audit = audited(input);
  const ids = new Set(report.findings.map(({ id }) => id));
  const remembered = Object.values(ledger?.findings ?? {}).filter(({ id }) => !ids.has(id));
  const outcomes = [
    ...report.findings.map((finding) => compareSeen(finding, audit)),
    ...remembered.map((memory) => compareUnseen(memory, audit)),
  ];
  const kept = roomFor(outcomes, ledger?.findings ?? {});
  const findings = kept.flatMap(({ memory }) => memory ?? []);
  return {
    transitions: kept.flatMap(({ transition }) => transition ?? []).sort(worstFirst),
    silenced: kept.flatMap(({ silenced }) => silenced ?? []),
    findings: Object.fromEntries(findings.map((memory) => [memory.id, memory])),
    surplus: outcomes.length - kept.length,
  };
}

/**
 * What fits into a ledger: the worst of the open findings, the known ones first among those that are alike. What is
 * left over is not told: it would be new in each audit.
 */
function roomFor(
  outcomes: readonly Outcome[],
  known: Readonly<Record<string, FindingMemory>>,
): readonly Outcome[] {
  const open = outcomes.flatMap((one) => (one.memory?.state === 'open' ? [one.memory] : []));
  if (open.length <= MOST_FINDINGS) return outcomes;
  const rank = ({ id, severity }: FindingMemory) => rankOf(severity) * 2 + (id in known ? 0 : 1);
  const surplus = open.sort((a, b) => rank(a) - rank(b)).slice(MOST_FINDINGS);
  const ids = new Set(surplus.map(({ id }) => id));
  return outcomes.filter(({ memory }) => memory?.state !== 'open' || !ids.has(memory.id));
}

function worstFirst(a: Transition, b: Transition): number {
  const kind = (one: Transition) => transitionKinds.indexOf(one.kind);
  return rankOf(a.finding.severity) - rankOf(b.finding.severity) || kind(a) - kind(b);
}
