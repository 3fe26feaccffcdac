import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('../../bin/conntrack-auditor.ts', import.meta.url));

/** The program in a process of its own. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Waits until stderr, or stdout, says this. */
  said(words: string): Promise<void>;
  /** Its exit status, or the signal that ended it. */
  ended(): Promise<number | string>;
}

/** Starts the program as a person would, with this environment over an empty one. */
export function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningProgram {
  return start(['--import', 'tsx', program, ...args], environment);
}

/** Starts a module that imports from the root of the project. */
export function startScript(text: string): RunningProgram {
  return start(['--import', 'tsx', '--input-type=module', '--eval', text], {});
}

function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      HOME: process.env['TMPDIR'],
      NO_COLOR: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  const end = once(child, 'close') as Promise<[number | null, string | null]>;
  const running: RunningProgram = {
    child,
    out: () => said.out,
    err: () => said.err,
    async said(words) {
      await eventually(() => {
        if (!`${said.out}${said.err}`.includes(words)) throw new Error(`not yet: ${said.err}`);
      });
    },
    async ended() {
      const [status, signal] = await end;
      return status ?? signal ?? 'unknown';
    },
  };
  return running;
}
