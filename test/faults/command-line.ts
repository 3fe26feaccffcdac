import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FakeAccount } from './fake-account.js';

const program = fileURLToPath(new URL('../../bin/conntrack-auditor.ts', import.meta.url));

/** What a command left. */
export interface Left {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program of the command line against the fake account, as a person would. */
export function commandLine(account: FakeAccount, ...args: readonly string[]): Promise<Left> {
  const env = {
    PATH: process.env['PATH'],
    TMPDIR: process.env['TMPDIR'],
    HOME: process.env['TMPDIR'],
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'fake',
    AWS_SECRET_ACCESS_KEY: 'fake',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', program, ...args];
    const options = { env, maxBuffer: 64 * 1_024 * 1_024 };
    const child = execFile(process.execPath, command, options, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
