import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A network namespace of this process, with the processes that were started in it. */
export class Namespace {
  readonly name: string;
  private readonly children: ChildProcess[] = [];
  private ended: string | undefined;

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

  /** The same, while others go on. */
  async ask(command: string, ...args: readonly string[]): Promise<string> {
    const inside = ['netns', 'exec', this.name, command, ...args];
    const { stdout } = await execute('ip', inside, { maxBuffer: 1 << 26 });
    return stdout;
  }

  /** Fails where a program that was started here has ended by itself. */
  check(): void {
    if (this.ended !== undefined) throw new Error(this.ended);
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
        this.ended = `${program} ended early, with ${String(code)}`;
        reject(new Error(this.ended));
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
