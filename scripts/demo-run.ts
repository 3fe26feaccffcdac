/**
 * Keeps a run of the demo for the tests: `npm run demo`, then `npm run demo-run -- <the folder that it names>`.
 *
 * One object of all its files by name, without those that an audit derives from the others.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const derived = ['report.json', 'digest.json', 'record.json', 'report.html'];
const kept = new URL('../test/fixtures/demo-run/run.json.gz', import.meta.url);

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run demo-run -- <folder of a run>');

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((one) => one.isFile())
  .map((one) => join(one.parentPath, one.name))
  .filter((file) => !derived.includes(relative(folder, file)))
  .sort();
const run: Record<string, unknown> = {};
for (const file of files) {
  const name = relative(folder, file).split(sep).join('/');
  run[name] = JSON.parse(await readFile(file, 'utf8'));
}
await writeFile(kept, gzipSync(JSON.stringify(run), { level: 9 }));
process.stdout.write(`kept ${files.length} files\n`);
