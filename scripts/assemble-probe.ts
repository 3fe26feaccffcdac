import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The parts of the awk program, callees first. */
const PARTS = [
  'text',
  'files',
  'kube-proxy-config',
  'kube-proxy',
  'counters',
  'holders',
  'entries',
  'allowance',
  'answer',
] as const;

/** The line of the shell part where the awk program goes. */
const PLACE = '#include awk\n';

const source = new URL('../lib/probe/src/', import.meta.url);

/** The probe as it runs, and its version. */
export interface AssembledProbe {
  readonly script: string;
  readonly version: string;
}

/** Where the version goes: a name made of all the rest. */
const VERSION = '#version';

/**
 * The probe as one script: a node runs one file that anybody can read from top to bottom.
 *
 * Its version is made of its text, so that no change of the probe keeps the version by mistake.
 *
 * Fails on a part with a single quote, which would end the awk program.
 */
export function assembleProbe(): AssembledProbe {
  const awk = PARTS.map(part);
  const shell = read('collect.sh');
  if (!shell.includes(PLACE)) throw new Error(`collect.sh should hold the line '${PLACE.trim()}'`);
  const text = shell.replace(PLACE, () => awk.join('\n'));
  if (text.split(VERSION).length !== 2) throw new Error(`the probe should hold '${VERSION}' once`);
  const version = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { script: text.replace(VERSION, version), version };
}

function part(name: string): string {
  const text = read(`${name}.awk`);
  if (text.includes("'")) throw new Error(`${name}.awk should hold no single quote`);
  return text;
}

function read(file: string): string {
  return readFileSync(fileURLToPath(new URL(file, source)), 'utf8');
}

/** The module that tells the product which probe it brings. */
export function versionModule({ version }: AssembledProbe): string {
  return `/** The version of the probe that this program brings. \`npm run probe\` makes this file. */
export const PROBE_VERSION = '${version}';
`;
}
