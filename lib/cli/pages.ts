import { readFileSync } from 'node:fs';
import { isAnswer, type Remedy } from '../core/judge/remedy.js';
import { remedies } from '../core/remedies/index.js';
import { ruleTexts } from '../core/rules/index.js';

/** A rule or a remedy, with its page. */
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
  ...remedies.map((remedy) => ({
    kind: 'remedy' as const,
    id: remedy.id,
    title: remedy.title,
    about: `answers ${answeredBy(remedy).join(', ')}`,
    path: `lib/core/remedies/${remedy.id}.md`,
  })),
];

/** Ids of the rules whose findings a remedy may answer. */
function answeredBy(remedy: Remedy): string[] {
  return ruleTexts.filter((rule) => isAnswer(remedy, rule)).map(({ id }) => id);
}

/** The text of a topic's page, beside its code in a checkout and in the built package alike. */
export function pageOf({ path }: Topic): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
