/**
 * What of the package runs: every dependency is in it, so that an install brings one package, and what runs is what
 * was tested.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { plainKeys } from './plain-keys.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const dist = join(root, 'dist');

/** The oldest Node that the command line tool and the constructs run on: `engines` of package.json. */
const NODE = 'node20.19';

/**
 * Dependencies that are still CommonJS ask for Node's own modules by require. Some of the others import
 * createRequire themselves, so it has another name here.
 */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);";

async function bundle(options) {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    metafile: true,
    plugins: [plainKeys],
    logLevel: 'warning',
    ...options,
  });
  return metafile;
}

/**
 * The deployed functions: what every audit needs in audit.mjs and the files that it imports, and what only some do, such
 * as the client of Security Hub, in files that are loaded when they are asked for.
 */
export function buildLambda(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  return bundle({
    entryPoints: { audit: 'lambda/audit.ts', organization: 'lambda/organization.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    target: 'node24',
    minify: true,
    // A stack trace in the log names functions that can be found in the source.
    keepNames: true,
    banner: { js: REQUIRE },
  });
}

/** The commit of this checkout, for `--version`; empty where git does not know it. */
function commit() {
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['rev-parse', 'HEAD'], options).trim();
  } catch {
    return '';
  }
}

/** The command line tool, the simulated account in files that only the commands load that need it. */
export async function buildCli() {
  const metafile = await bundle({
    entryPoints: { 'conntrack-auditor': 'bin/conntrack-auditor.ts' },
    outdir: join(dist, 'cli'),
    format: 'esm',
    splitting: true,
    target: NODE,
    minify: true,
    // An error is told by the name of its class.
    keepNames: true,
    banner: { js: REQUIRE },
    define: { BUILD_COMMIT: JSON.stringify(commit()) },
  });
  chmodSync(join(dist, 'cli', 'conntrack-auditor.js'), 0o755);
  return metafile;
}

/** The constructs, for `import` and for `require`. The CDK is the user's own. */
export function buildConstructs() {
  const common = {
    entryPoints: { index: 'lib/index.ts' },
    outdir: join(dist, 'lib'),
    target: NODE,
    external: ['aws-cdk-lib', 'constructs'],
    keepNames: true,
  };
  return Promise.all([
    bundle({ ...common, format: 'esm', banner: { js: REQUIRE } }),
    bundle({
      ...common,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      // CommonJS has no import.meta, and the constructs look for the function beside themselves.
      define: { 'import.meta.url': 'moduleUrl' },
      banner: {
        js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;",
      },
    }),
  ]);
}

/** Files that lie where the bundles look for them: as in a checkout, one folder up. */
export function copyFiles() {
  for (const file of ['probe/collect.sh', 'demo-run/run.json.gz']) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    copyFileSync(join(root, 'lib', file), join(dist, file));
  }
}
