/**
 * Writes today's rules and remedies to where people and editors read them, and formats it: the parts between
 * marks of README.md and of pages in docs/, the pages of faults and of facts, and the ids of rules in the schema of a configuration.
 * `npm run docs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { factsPage } from './facts/facts-page.js';
import { faultsPage } from './faults-page.js';
import { withRuleIds } from './with-rule-ids.js';
import { marked, withTables } from './with-tables.js';

for (const path of Object.keys(marked))
  await rewrite(`../${path}`, (text) => withTables(text, path));
await rewrite('../docs/faults.md', faultsPage);
await rewrite('../docs/facts.md', factsPage);
await rewrite('../schema/configuration.v1.schema.json', withRuleIds);

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const options = (await resolveConfig(file)) ?? {};
  const text = change(readFileSync(file, 'utf8'));
  writeFileSync(file, await format(text, { ...options, filepath: file }));
}
