/** Writes the table of rules into README.md, between its two marks: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withRuleTable } from './with-rule-table.js';

const readme = new URL('../README.md', import.meta.url);
writeFileSync(readme, withRuleTable(readFileSync(readme, 'utf8')));
