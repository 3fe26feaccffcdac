/** Writes docs/cost.md: `npm run cost`. With `-- --measure` the fleets are measured first, which takes minutes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { deployedByDefault } from './cost/deployed.js';
import type { Measured } from './cost/measured.js';
import { sheet } from './cost/sheet.js';

const { values } = parseArgs({ options: { measure: { type: 'boolean', default: false } } });
const page = new URL('../docs/cost.md', import.meta.url);
const file = new URL('../docs/cost.measured.json', import.meta.url);

const kept = values.measure
  ? await import('./cost/measure-all.js').then(({ measureAll }) => measureAll())
  : (JSON.parse(readFileSync(file, 'utf8')) as Measured);
// Read anew each time: a template takes seconds, where fleets take minutes.
const measured: Measured = { ...kept, deployed: deployedByDefault() };
writeFileSync(file, await format(JSON.stringify(measured), { parser: 'json' }));
writeFileSync(page, await format(sheet(measured), { parser: 'markdown', printWidth: 100 }));
