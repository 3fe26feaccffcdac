/**
 * Writes today's rules and remedies to where people and editors read them, and formats it: the tables of
 * README.md, between their marks, the page of faults, and the ids of rules in the schema of a configuration.
 * `npm run docs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { faultsPage } from './faults-page.js';
import { withRuleIds } from './with-rule-ids.js';
import { withTables } from './with-tables.js';

await rewrite('../README.md', withTables);
await rewrite('../docs/faults.md', faultsPage);
await rewrite('../schema/configuration.v1.schema.json', withRuleIds);

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const options = (await resolveConfig(file)) ?? {};
  const text = change(readFileSync(file, 'utf8'));
  writeFileSync(file, await format(text, { ...options, filepath: file }));
}
