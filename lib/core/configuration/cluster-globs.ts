import * as v from 'valibot';
import { keyed } from '../text/keyed.js';

const GLOB = 'should be the name of a cluster or a glob such as prod-*';

/** A cluster name is letters, digits, `-` and `_`; the rest are the signs of a glob. */
const glob = v.pipe(v.string(GLOB), v.regex(/^[A-Za-z0-9_\-*?[\]{},!]+$/, GLOB));

const globs = v.optional(v.array(glob, 'should be a list of names or globs'), []);

/** Which clusters to audit, by name. An empty `include` means every cluster. */
export const clusterGlobs = keyed({ include: globs, exclude: globs });
