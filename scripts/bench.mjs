/**
 * Runs a benchmark as the program itself runs, in one bundle: `node scripts/bench.mjs judge 1000` runs
 * test/bench/judge.bench.ts with what follows.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/conntrack-auditor');

const [name, ...rest] = process.argv.slice(2);
const outfile = join(cache, 'bench', `${name}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [`test/bench/${name}.bench.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
});
// The demo's saved run lies where the bundle looks for it.
mkdirSync(join(cache, 'demo-run'), { recursive: true });
copyFileSync(join(root, 'lib/demo-run/run.json.gz'), join(cache, 'demo-run/run.json.gz'));
const { status } = spawnSync(process.execPath, ['--max-old-space-size=8192', outfile, ...rest], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
