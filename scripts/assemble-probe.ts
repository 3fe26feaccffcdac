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

/**
 * The probe as one script: a node runs one file that anybody can read from top to bottom.
 *
 * Fails on a part with a single quote, which would end the awk program.
 */
export function assembleProbe(): string {
  const awk = PARTS.map(part);
  const shell = read('collect.sh');
  if (!shell.includes(PLACE)) throw new Error(`collect.sh should hold the line '${PLACE.trim()}'`);
  return shell.replace(PLACE, () => awk.join('\n'));
}

function part(name: string): string {
  const text = read(`${name}.awk`);
  if (text.includes("'")) throw new Error(`${name}.awk should hold no single quote`);
  return text;
}

function read(file: string): string {
  return readFileSync(fileURLToPath(new URL(file, source)), 'utf8');
}
