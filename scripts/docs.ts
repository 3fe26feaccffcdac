/** Writes the tables of rules and remedies into README.md, between their marks, and formats it: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { withTables } from './with-tables.js';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const options = (await resolveConfig(readme)) ?? {};
const page = withTables(readFileSync(readme, 'utf8'));
writeFileSync(readme, await format(page, { ...options, filepath: readme }));
