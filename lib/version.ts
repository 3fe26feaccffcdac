/** The version of this program, for `--version` and the user agent. A test holds it to package.json. */
export const VERSION = '0.1.0';
