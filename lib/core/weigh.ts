import type { Assessment } from './finding.js';
import type { Case } from './remedy.js';
import { remedies } from './remedies/index.js';

/** Weighs every remedy that answers this rule, and ranks what they say. */
export function weigh(weighed: Case): Assessment[] {
  return rank(
    remedies
      .filter(({ answers }) => answers.includes(weighed.rule))
      .flatMap((remedy) => {
        const said = remedy.assess(weighed);
        return said === undefined ? [] : [{ id: remedy.id, title: remedy.title, ...said }];
      }),
  );
}

/** What helps first, then what may, then what would not: each in the order it came in. */
export function rank(assessments: readonly Assessment[]): Assessment[] {
  const place = ({ helps }: Assessment) => (helps === null ? 1 : helps ? 0 : 2);
  return [...assessments].sort((a, b) => place(a) - place(b));
}
