import type { Verdict } from '../judge/finding.js';
import type { NodeFacts } from '../node/snapshot.js';
import { printable } from '../text/printable.js';
import type { Paint } from './paint.js';

/** What one rule says about one node. */
export type JudgedRule = Verdict & { readonly rule: string };

/** What the rules say about one node, a line each. Ends with a line break. */
export function nodeText(
  facts: NodeFacts,
  verdicts: readonly JudgedRule[],
  { strong }: Paint,
): string {
  const { table } = facts;
  const head =
    table === undefined
      ? 'no conntrack table could be read: the module is not loaded, or reading it is not permitted'
      : `conntrack table: ${table.entries} of ${table.max} entries`;
  const lines = verdicts.map((judged) => `  ${judged.rule}: ${printable(said(judged), 600)}`);
  return `${[strong(head), ...lines].join('\n')}\n`;
}

function said(judged: JudgedRule): string {
  switch (judged.verdict) {
    case 'pass':
      return 'pass';
    case 'finding':
      return [judged.severity, judged.summary, judged.why].filter(Boolean).join('; ');
    case 'unknown':
      return `no opinion, not known: ${judged.missing.join(', ')}`;
    case 'crashed':
      return `the rule crashed: ${judged.error}`;
  }
}
