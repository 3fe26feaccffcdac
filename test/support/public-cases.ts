import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { fixture, runProbe } from './probe.js';

const CASES = fileURLToPath(new URL('../fixtures/cases/', import.meta.url));

/** Lays the tree of a public case under `scratch`, and gives its root. */
async function caseTree(scratch: string, name: string): Promise<string> {
  const folder = join(CASES, name);
  const base = await readFile(join(folder, 'base.txt'), 'utf8');
  const tree = await mkdtemp(join(scratch, 'case-'));
  await cp(fixture(base.trim()), tree, { recursive: true, verbatimSymlinks: true });
  for (const path of await removed(folder)) await rm(join(tree, path));
  await cp(join(folder, 'overlay'), tree, { recursive: true, verbatimSymlinks: true });
  return tree;
}

async function removed(folder: string): Promise<string[]> {
  const list = await readFile(join(folder, 'removed-from-base.txt'), 'utf8').catch(nothing);
  return list.split('\n').filter((line) => line !== '');
}

/** Most cases take nothing away. */
function nothing(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
  throw error;
}

/** What the shipped probe tells of a public case. Fails where it does not answer. */
export async function caseFacts(scratch: string, tools: string, name: string): Promise<NodeFacts> {
  const { stdout } = await runProbe(await caseTree(scratch, name), { path: [tools] });
  const facts = parseAnswer(stdout.toString());
  if (facts === undefined || stdout.length > 2_400) {
    throw new Error(`the probe gave no whole answer on ${name}: ${stdout.toString()}`);
  }
  return facts;
}
