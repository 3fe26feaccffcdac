import { readFileSync } from 'node:fs';
import { remedies } from '../core/remedies/index.js';
import { ruleTexts } from '../core/rules/index.js';

/** What there is to explain: a rule or a remedy, with its page. */
export interface Topic {
  readonly kind: 'rule' | 'remedy';
  readonly id: string;
  readonly title: string;
  /** One line beside the title: when a rule fires, which rules a remedy answers. */
  readonly about: string;
  /** Where the page lies in the project. */
  readonly path: string;
}

/** Every rule and every remedy, in the order of their lists. */
export const topics: readonly Topic[] = [
  ...ruleTexts.map(({ id, title, fires }) => ({
    kind: 'rule' as const,
    id,
    title,
    about: `fires when ${fires}`,
    path: `lib/core/rules/${id}.md`,
  })),
  ...remedies.map(({ id, title, answers }) => ({
    kind: 'remedy' as const,
    id,
    title,
    about: `answers ${answers.join(', ')}`,
    path: `lib/core/remedies/${id}.md`,
  })),
];

/** The text of a topic's page, which lies beside its code in a checkout and in the built package alike. */
export function pageOf({ path }: Topic): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
