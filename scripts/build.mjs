/**
 * Builds the deployed function and the published package into dist/.
 *
 *   node scripts/build.mjs                 the npm package, the audit function in it
 *   node scripts/build.mjs --lambda-only   only the audit function, which `cdk` does before each synth
 *                          --outdir <dir>  where the audit function goes instead of dist/lambda
 *                          --accept-api    takes the API as it is now for the one that users rely on
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildCli, buildConstructs, buildLambda, copyFiles, dist } from './package/bundles.mjs';
import { writeNotices } from './package/notices.mjs';
import { buildTypes } from './package/types.mjs';

const { values } = parseArgs({
  options: {
    'lambda-only': { type: 'boolean', default: false },
    'accept-api': { type: 'boolean', default: false },
    outdir: { type: 'string', default: join(dist, 'lambda') },
  },
});

if (values['lambda-only']) {
  await buildLambda(values.outdir);
} else {
  rmSync(dist, { recursive: true, force: true });
  const metafiles = [
    await buildLambda(values.outdir),
    await buildCli(),
    ...(await buildConstructs()),
  ];
  copyFiles();
  writeNotices(metafiles);
  buildTypes({ acceptApi: values['accept-api'] });
}
