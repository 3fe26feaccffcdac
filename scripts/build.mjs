/**
 * Builds the deployed function and the published package into dist/.
 *
 *   node scripts/build.mjs                 the npm package, the audit function in it
 *   node scripts/build.mjs --lambda-only   only the audit function, which `cdk` does before each synth
 *                          --outdir <dir>  where the audit function goes instead of dist/lambda
 *
 * dist/ mirrors the source, so a module finds the same files beside itself there.
 */
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** One file with every dependency in it: what runs is what was tested, whatever the runtime brings. */
async function buildLambda(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { audit: 'lambda/audit.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    // Not minified: a stack trace in the log should name a line that can be read.
    minify: false,
    // Dependencies that are still CommonJS ask for Node's own modules by require. Some of the others
    // import createRequire themselves, so it has another name here.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

/** Compiles the library and the command line tool, with declarations. Dependencies stay outside. */
async function buildPackage() {
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram(
    ['bin/conntrack-auditor.ts', 'lib/index.ts'].map((file) => join(root, file)),
    { ...options, rootDir: root, outDir: dist, noEmitOnError: true },
  );
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0) {
    process.stderr.write(
      ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(problems), {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      }),
    );
    process.exit(1);
  }
  // The probe, data and rule pages: everything beside the code that is not code.
  cpSync(join(root, 'lib'), join(dist, 'lib'), {
    recursive: true,
    filter: (source) => extname(source) !== '.ts',
  });
  chmodSync(join(dist, 'bin', 'conntrack-auditor.js'), 0o755);
}

const { values } = parseArgs({
  options: {
    'lambda-only': { type: 'boolean', default: false },
    outdir: { type: 'string', default: join(dist, 'lambda') },
  },
});
if (!values['lambda-only']) rmSync(dist, { recursive: true, force: true });
await buildLambda(values.outdir);
if (!values['lambda-only']) await buildPackage();
