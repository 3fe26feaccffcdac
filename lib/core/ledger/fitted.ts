import { rankOf } from '../judge/severity.js';
import { LONGEST_TEXT } from './bounds.js';
import type { FindingMemory, Ledger, NodeMemory } from './ledger.js';

/**
 * The text of a ledger, as long as it may be read again. What is too long loses the oldest promises first, then the
 * emptier half of the nodes, then the milder half of the findings, and says that it was cut.
 */
export function fitted(ledger: Ledger, longest = LONGEST_TEXT): string {
  const text = JSON.stringify(ledger);
  const smaller = text.length <= longest ? undefined : cut(ledger);
  return smaller === undefined ? text : fitted({ ...smaller, cut: true }, longest);
}

/** Nothing where there is nothing left to cut. */
function cut(ledger: Ledger): Ledger | undefined {
  const { outbox = [], nodes, findings } = ledger;
  if (outbox.length > 1) return { ...ledger, outbox: outbox.slice(1) };
  if (Object.keys(nodes).length > 1) return { ...ledger, nodes: half(nodes, fullestFirst) };
  if (Object.keys(findings).length > 1) return { ...ledger, findings: half(findings, worstFirst) };
  return undefined;
}

function half<T>(all: Readonly<Record<string, T>>, order: (a: T, b: T) => number) {
  const sorted = Object.entries(all).sort(([, a], [, b]) => order(a, b));
  return Object.fromEntries(sorted.slice(0, Math.floor(sorted.length / 2)));
}

function fullestFirst(a: NodeMemory, b: NodeMemory): number {
  return fullness(b) - fullness(a);
}

/** Share of the table when it was last read. */
export function fullness({ usage }: NodeMemory): number {
  const [, entries = 0, max = 1] = usage.at(-1) ?? [];
  return entries / max;
}

function worstFirst(a: FindingMemory, b: FindingMemory): number {
  return rankOf(a.severity) - rankOf(b.severity);
}
