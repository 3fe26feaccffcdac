/** A rule that compiles, never fires, and says what is left to write. */
export function ruleTemplate(id: string, name: string): string {
  return `import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/**
 * What is wrong, in one sentence.
 *
 * Why it is wrong, what else it looks like, and what people lose by it.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const ${name} = defineRule({
  id: '${id}',
  title: 'The failing state, as a sentence without a period',
  fires: 'when it fires, in one phrase with the numbers',
  about: 'room',
  proof: 'reading',
  requires: ['table'],

  check({ table }) {
    if (table.entries <= table.max) return undefined;
    return {
      severity: 'notice' as const,
      summary: 'one sentence with the numbers that were seen',
      measures: tableMeasures(table),
    };
  },
});
`;
}

/** The sections that every page has. */
export function pageTemplate(id: string): string {
  return `# ${id}

## What it means

## What you will see

## What to do

## When to ignore it

## Sources
`;
}

/** Both sides of a boundary, and what is said when the fact is missing. */
export function testTemplate(id: string, name: string): string {
  return `import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { ${name} as rule } from '../../../lib/core/rules/${id}.js';
import { aNodeUsing, aNodeWithout } from '../../support/a-node.js';

describe('${id}', () => {
  it.each([
    { entries: 100, said: 'pass' },
    { entries: 101, said: 'finding' },
  ])('says $said of $entries entries of 100', ({ entries, said }) => {
    expect(rule.evaluate(aNodeUsing(entries, 100), policy).verdict).toBe(said);
  });

  it('has no opinion where the table could not be read', () => {
    expect(rule.evaluate(aNodeWithout('table'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['table'],
    });
  });
});
`;
}
