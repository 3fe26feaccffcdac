/** The types of the package in one file, and the report of its API, which a breaking change alters. */
import { copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import ts from 'typescript';
import { dist, root } from './bundles.mjs';

/** Writes dist/lib/index.d.ts and its twin for `require`. Fails where the API is not the one in api/. */
export function buildTypes({ acceptApi }) {
  // Inside the checkout, as the declarations import the CDK's.
  const folder = join(dist, 'types');
  try {
    declare(folder);
    const { succeeded, apiReportChanged } = Extractor.invoke(configuration(folder), {
      localBuild: acceptApi,
      messageCallback: (message) => {
        if (message.logLevel === 'verbose' || message.logLevel === 'info') message.handled = true;
      },
    });
    if (apiReportChanged && !acceptApi) {
      throw new Error(
        'the API is not that of api/: see what changed, and run npm run build -- --accept-api',
      );
    }
    if (!succeeded) throw new Error('the API has errors');
    copyFileSync(join(dist, 'lib', 'index.d.ts'), join(dist, 'lib', 'index.d.cts'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One declaration for each file that the constructs reach. */
function declare(outDir) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram([join(root, 'lib', 'index.ts')], {
    ...options,
    rootDir: root,
    outDir,
    declaration: true,
    emitDeclarationOnly: true,
    noEmitOnError: true,
  });
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length === 0) return;
  throw new Error(
    ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(problems), {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    }),
  );
}

function configuration(folder) {
  const quiet = { logLevel: 'none' };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(folder, 'lib', 'index.d.ts'),
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFolder: join(root, 'api'),
        reportTempFolder: join(tmpdir(), 'conntrack-auditor-api'),
        reportFileName: 'eks-conntrack-auditor',
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: join(dist, 'lib', 'index.d.ts') },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: quiet },
        extractorMessageReporting: {
          default: quiet,
          // A type that users meet and cannot name.
          'ae-forgotten-export': { logLevel: 'error' },
        },
        tsdocMessageReporting: { default: quiet },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
}
