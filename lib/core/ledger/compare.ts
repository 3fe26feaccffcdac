import type { MutedFinding } from './digest.js';
import { rankOf } from '../judge/severity.js';
import { audited, type CompareInput } from './audit-index.js';
import type { FindingMemory } from './ledger.js';
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
  const findings = outcomes.flatMap(({ memory }) => memory ?? []);
  return {
    transitions: outcomes.flatMap(({ transition }) => transition ?? []).sort(worstFirst),
    silenced: outcomes.flatMap(({ silenced }) => silenced ?? []),
    findings: Object.fromEntries(findings.map((memory) => [memory.id, memory])),
  };
}

function worstFirst(a: Transition, b: Transition): number {
  const kind = (one: Transition) => transitionKinds.indexOf(one.kind);
  return rankOf(a.finding.severity) - rankOf(b.finding.severity) || kind(a) - kind(b);
}
