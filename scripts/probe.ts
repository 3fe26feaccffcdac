/** Makes `lib/probe/collect.sh` of its parts in `lib/probe/src`: `npm run probe`. */
import { writeFileSync } from 'node:fs';
import { assembleProbe } from './assemble-probe.js';

writeFileSync(new URL('../lib/probe/collect.sh', import.meta.url), assembleProbe());
