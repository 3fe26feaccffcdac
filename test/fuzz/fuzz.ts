/**
 * Hostile input of every kind, to every format: `npm run fuzz`, or `npm run fuzz -- 10000 7` for ten thousand
 * cases of seed 7. Ends with status 1, the seed and the smallest case where something threw or escaped.
 */
import fc from 'fast-check';
import { kinds } from './kinds.js';

const CASES = 1_000_000;
/** Cases of one kind between two looks at the clock. */
const CHUNK = 500;

const [, , cases = String(CASES), seed = '1'] = process.argv;
const total = kinds.reduce((sum, { share }) => sum + share, 0);
const began = performance.now();
let done = 0;

for (const { name, share, property } of kinds) {
  const amount = Math.ceil((Number(cases) * share) / total);
  const start = performance.now();
  for (let ran = 0; ran < amount; ran += CHUNK) {
    const numRuns = Math.min(CHUNK, amount - ran);
    const result = await fc.check(property, { seed: Number(seed) + ran, numRuns });
    if (result.failed) {
      process.stderr.write(`\n${name}: ${fc.defaultReportMessage(result) ?? ''}\n`);
      process.exit(1);
    }
    done += numRuns;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${cases}`);
  }
  process.stdout.write(
    `${String(amount).padStart(8)}  ${secondsSince(start).padStart(6)} s  ${name}\n`,
  );
}
process.stdout.write(
  `${String(done).padStart(8)}  ${secondsSince(began).padStart(6)} s  cases, 0 throws, 0 escapes (seed ${seed})\n`,
);

function secondsSince(then: number): string {
  return ((performance.now() - then) / 1_000).toFixed(1);
}
