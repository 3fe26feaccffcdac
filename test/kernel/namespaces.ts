import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

/** A network namespace of this process, with the processes that were started in it. */
export class Namespace {
  readonly name: string;
  private readonly children: ChildProcess[] = [];

  constructor(part: string) {
    this.name = `conntrack-lab-${process.pid}-${part}`;
    execFileSync('ip', ['netns', 'add', this.name]);
    this.run('ip', ['link', 'set', 'lo', 'up']);
  }

  /** Runs a command in the namespace and gives what it printed. */
  run(command: string, args: readonly string[], input = ''): string {
    return execFileSync('ip', ['netns', 'exec', this.name, command, ...args], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Runs a command of `ip` on the namespace: `addr add ...`. */
  ip(line: string): void {
    execFileSync('ip', ['-n', this.name, ...line.split(' ')]);
  }

  /** Starts a program of Node.js in the namespace, and waits until it says that it is ready. */
  async start(program: string, ...args: readonly string[]): Promise<void> {
    const command = ['netns', 'exec', this.name, process.execPath, program, ...args];
    const child = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`${program} ended early, with ${String(code)}`));
      });
      child.stdout.once('data', () => {
        resolve();
      });
    });
  }

  /** Ends what was started here. */
  async stop(): Promise<void> {
    const ended = this.children.splice(0).map(
      (child) =>
        new Promise((resolve) => {
          child.removeAllListeners('exit');
          child.once('exit', resolve);
          child.kill('SIGKILL');
        }),
    );
    await Promise.all(ended);
  }

  async close(): Promise<void> {
    await this.stop();
    this.run('conntrack', ['-F']);
    execFileSync('ip', ['netns', 'delete', this.name]);
  }
}
