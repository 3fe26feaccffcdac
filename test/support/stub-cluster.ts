import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
/** The command alone, so that a script starts it often and soon. */
const ENTRY = `
import { kubeProxyConfigCommand } from './lib/cli/kube-proxy-config.js';
import { processTerminal } from './lib/cli/terminal.js';
const [, , name, ...args] = process.argv;
if (name !== 'kube-proxy-config') throw new Error('no such command: ' + name);
const finish = (status) => { process.exitCode = status; };
await kubeProxyConfigCommand(processTerminal(), finish).parseAsync(args, { from: 'user' });
`;

/** What a script did to a cluster. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly notes: string;
  /** What the ConfigMap holds after it. */
  readonly config: string;
  /** What it held at each restart of kube-proxy. */
  readonly restarts: readonly string[];
  /** What kubectl was asked, line by line. */
  readonly asked: readonly string[];
}

/** A folder with a kubectl of one ConfigMap, and this program as scripts call it. */
export class StubCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'cluster-'));

  constructor() {
    const stub = new URL('stub-kubectl.mjs', import.meta.url).pathname;
    const kubectl = `#!/bin/sh\nexec node '${stub}' "$@"\n`;
    writeFileSync(join(this.folder, 'kubectl'), kubectl, { mode: 0o755 });
    buildSync({
      stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
      outfile: this.program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  }

  get program(): string {
    return join(this.folder, 'program.mjs');
  }

  /** Runs a script while the ConfigMap holds this, by one shell or another. */
  run(script: string, config: string, env: Record<string, string> = {}, shell = ['sh']): Ran {
    const file = (name: string) => join(this.folder, name);
    for (const name of ['asked', 'restarts']) rmSync(file(name), { force: true });
    writeFileSync(file('config'), config);
    const here = mkdtempSync(file('run-'));
    const [command = 'sh', ...args] = shell;
    const { status, stdout, stderr } = spawnSync(command, [...args, '-c', script], {
      cwd: here,
      encoding: 'utf8',
      env: {
        PATH: `${this.folder}:${process.env['PATH'] ?? ''}`,
        HERE: this.folder,
        CLUSTER: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
        CONNTRACK_AUDITOR: `node ${this.program}`,
        ...env,
      },
    });
    const lines = (name: string) =>
      existsSync(file(name)) ? readFileSync(file(name), 'utf8').trim().split('\n') : [];
    return {
      status,
      out: stdout,
      notes: stderr,
      config: readFileSync(file('config'), 'utf8'),
      restarts: lines('restarts').map((line) => JSON.parse(line) as string),
      asked: lines('asked'),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
