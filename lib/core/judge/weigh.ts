import { needsOf, renderable } from '../artefacts/index.js';
import type { Assessment } from './finding.js';
import type { Case, Remedy, Weighed } from './remedy.js';
import { remedies } from '../remedies/index.js';
import { fillers } from '../remedies/shared/sizing.js';

/** Weighs every remedy that answers this rule, and ranks what they say. */
export function weigh(weighed: Case): Assessment[] {
  return rank(
    inOrder(weighed.rule)
      .filter(({ answers }) => answers.includes(weighed.rule))
      .flatMap((remedy) => {
        const said = remedy.assess(weighed);
        if (said === undefined) return [];
        const steps = [...said.steps, ...readyToApply(remedy.id, said)];
        return [{ id: remedy.id, title: remedy.title, ...said, steps }];
      }),
  );
}

/** What takes away what fills a table comes before more room for it. */
function inOrder(rule: string): readonly Remedy[] {
  if (!fillers.includes(rule)) return remedies;
  const room = ({ id }: Remedy) => (id === 'raise-limit' ? 1 : 0);
  return [...remedies].sort((a, b) => room(a) - room(b));
}

/** The command that prints the files of a remedy, where there are any and they would help. */
function readyToApply(id: string, { helps, predicted }: Weighed): string[] {
  if (helps === false || !renderable.includes(id)) return [];
  const needs = needsOf(id);
  const limit = needs.includes('limit') ? ` --limit ${predicted.limit ?? 0}` : '';
  const dns = needs.includes('dnsAddress') ? ' --dns-address <ClusterIP of kube-dns>' : '';
  return [`ready to apply: npx eks-conntrack-auditor fix ${id}${limit}${dns}`];
}

/** What helps first, then what may, then what would not: each in the order it came in. */
export function rank(assessments: readonly Assessment[]): Assessment[] {
  const place = ({ helps }: Assessment) => (helps === null ? 1 : helps ? 0 : 2);
  return [...assessments].sort((a, b) => place(a) - place(b));
}
