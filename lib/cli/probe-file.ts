import { fileURLToPath } from 'node:url';

/** Path of the probe, in a checkout and in the built package alike. */
export const probeFile = fileURLToPath(new URL('../probe/collect.sh', import.meta.url));
