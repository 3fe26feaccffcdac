/** Makes `lib/probe/collect.sh` of its parts in `lib/probe/src`, and says its version: `npm run probe`. */
import { writeFileSync } from 'node:fs';
import { assembleProbe, versionModule } from './assemble-probe.js';

const probe = assembleProbe();
writeFileSync(new URL('../lib/probe/collect.sh', import.meta.url), probe.script);
writeFileSync(new URL('../lib/probe/version.ts', import.meta.url), versionModule(probe));
