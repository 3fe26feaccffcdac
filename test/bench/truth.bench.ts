/**
 * What remedies predict beside what the kernel does, as the table of the documentation: `npm run bench:truth`.
 *
 * Needs what the kernel suite needs, and takes four minutes: entries live as long as on a real node.
 */
import { readFileSync } from 'node:fs';
import holdSettings from '../kernel/hold-settings.js';
import { measureAll } from '../kernel/truth/measure-all.js';
import { truthTable } from '../kernel/truth/table.js';

const release = holdSettings();
try {
  const rows = await measureAll();
  const kernel = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
  const date = new Date().toISOString().slice(0, 10);
  process.stdout.write(truthTable(rows, { kernel, date }));
} finally {
  release();
}
