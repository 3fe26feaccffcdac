import { spawn } from 'node:child_process';

/**
 * Writes a program that can run at once. Another process writes it: if this one had it open for writing,
 * so would each child between its fork and its exec, and the kernel does not run a file that is open for
 * writing ("Text file busy").
 *
 * Fails if the file cannot be written.
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
