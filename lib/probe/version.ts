/** The version of the probe that this program brings. `npm run probe` makes this file. */
export const PROBE_VERSION = 'c7f4de5a';
