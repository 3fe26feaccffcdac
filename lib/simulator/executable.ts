import { spawn } from 'node:child_process';

/**
 * Writes a program that can be run at once. Another process writes it: a file that this one has open
 * for writing is open in each child too between its fork and its exec, and the kernel does not run a
 * file that anybody writes ("Text file busy").
 *
 * Fails when the file cannot be written.
 */
export function writeExecutable(path: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const writer = spawn('/bin/sh', ['-c', 'cat >"$0" && chmod 700 "$0"', path], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    writer.once('error', reject);
    writer.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`cannot write '${path}': exit status ${code ?? 'none'}`));
    });
    writer.stdin.once('error', reject);
    writer.stdin.end(text);
  });
}
