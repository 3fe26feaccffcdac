/** Makes the files of a new rule, and its line in the index: `npm run new-rule <id>`. */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { newRule } from './new-rule/new-rule.js';

const { positionals } = parseArgs({ allowPositionals: true });
const [id, ...others] = positionals;
if (id === undefined || others.length > 0) {
  throw new Error(`npm run new-rule takes one id, such as stale-flows, got ${positionals.length}`);
}
const written = newRule(id, fileURLToPath(new URL('..', import.meta.url)));
process.stdout.write(
  [
    ...written.map((file) => `wrote ${file}`),
    'next: fill in the rule, its page and its test; plant it in lib/simulator/fleet; then npm run docs && npm test',
    '',
  ].join('\n'),
);
