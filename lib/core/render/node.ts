import type { Verdict } from '../judge/finding.js';
import type { NodeFacts } from '../node/snapshot.js';
import { cut } from './cut.js';
import { printedLines, strong, type Printed } from './lines.js';
import type { Paint } from './paint.js';

/** What one rule says about one node. */
export type JudgedRule = Verdict & { readonly rule: string };

/** What the rules say about one node, a line each. Ends with a line break. */
export function nodeText(facts: NodeFacts, verdicts: readonly JudgedRule[], paint: Paint): Printed {
  const { table } = facts;
  const head =
    table === undefined
      ? 'no conntrack table could be read: the module is not loaded, or reading it is not permitted'
      : `conntrack table: ${table.entries} of ${table.max} entries`;
  const lines = verdicts.map((judged) => `  ${judged.rule}: ${cut(said(judged), 600)}`);
  return printedLines([[strong(head)], ...lines], paint);
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
