import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Moto } from './moto.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
/** All that `cdk deploy` needs of a checkout. */
const PARTS = [
  'bin',
  'lambda',
  'lib',
  'scripts',
  'schema',
  'cdk.json',
  'package.json',
  'tsconfig.json',
];

/** A copy of the product that can be changed, as the next release would be, and deployed. */
export class Checkout {
  private constructor(
    private readonly folder: string,
    private readonly moto: Moto,
  ) {}

  static in(folder: string, moto: Moto): Checkout {
    mkdirSync(folder);
    for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout(folder, moto);
  }

  /** Changes one file. Fails if the change changes nothing. */
  change(path: string, change: (text: string) => string): void {
    const file = join(this.folder, path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`nothing to change in ${path}`);
    writeFileSync(file, after);
  }

  /** Runs the real command line tool, as README has it. Its home is this folder, so that it keeps nothing. */
  async cdk(...args: readonly string[]): Promise<string> {
    const tool = join(this.folder, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    try {
      const { stdout, stderr } = await run(process.execPath, [tool, ...args], {
        cwd: this.folder,
        maxBuffer: 64 * 1024 * 1024,
        env: {
          PATH: process.env['PATH'],
          HOME: this.folder,
          ...this.moto.environment,
          CI: 'true',
          NO_COLOR: '1',
          NODE_NO_WARNINGS: '1',
          CDK_DISABLE_CLI_TELEMETRY: 'true',
        },
      });
      return stdout + stderr;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const said = [stdout, stderr, this.moto.complaint()].join('\n');
      throw new Error(`cdk ${args.join(' ')} failed: ${said}`, { cause: error });
    }
  }

  /** Deploys the stack with these `-c` options, and gives its outputs. */
  async deploy(...options: readonly string[]): Promise<Outputs> {
    const [outputs] = Object.values(await this.deployAll<Outputs>(...options));
    if (outputs === undefined) throw new Error('the stack has no outputs');
    return outputs;
  }

  /** Deploys all stacks with these `-c` options, and gives the outputs of each by its name. */
  async deployAll<T>(...options: readonly string[]): Promise<Readonly<Record<string, T>>> {
    const file = join(this.folder, 'outputs.json');
    // Moto's change sets have no outputs, an update through one fails, and it knows no earlier parameters.
    const direct = ['--method=direct', '--no-previous-parameters', '--require-approval', 'never'];
    const chosen = options.flatMap((option) => ['-c', option]);
    await this.cdk('deploy', '--all', ...direct, '--outputs-file', file, ...chosen);
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, T>;
  }

  /** What the last synthesis left. */
  synthesized(name: string): string {
    return readFileSync(join(this.folder, 'cdk.out', name), 'utf8');
  }
}

/** What the stack says of itself. */
export interface Outputs {
  readonly BucketName: string;
  readonly FunctionName: string;
  readonly TopicArn: string;
  readonly AuditNow: string;
}
