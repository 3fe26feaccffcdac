/** Writes the tables of rules and remedies into README.md, between their marks: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './with-tables.js';

const readme = new URL('../README.md', import.meta.url);
writeFileSync(readme, withTables(readFileSync(readme, 'utf8')));
