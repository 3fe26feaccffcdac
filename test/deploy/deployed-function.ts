import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AuditSummary } from '../../lib/core/run/audit-fleet.js';
import type { Ask } from './asker.js';
import type { Gate } from './gate.js';
import { environmentFor, PLACE, type Moto } from './moto.js';
import { statementsOf } from './role.js';

const run = promisify(execFile);
const invoker = fileURLToPath(new URL('invoke.mjs', import.meta.url));

/** Where `cdk bootstrap` keeps the code of functions. */
const ASSETS = `cdk-hnb659fds-assets-${PLACE.account}-${PLACE.region}`;

/** What Lambda says of a function, as far as it decides how it runs. */
export interface Configuration {
  readonly FunctionName: string;
  readonly Version: string;
  readonly Handler: string;
  readonly Role: string;
  readonly CodeSha256: string;
  readonly Architectures: readonly string[];
  readonly DurableConfig?: object;
  readonly DeadLetterConfig?: { readonly TargetArn: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/** A function as it is deployed, by the ARN of its alias. */
export interface DeployedFunction {
  readonly configuration: Configuration;
  /** Runs it here, with its own environment and role. Gives what it returned. */
  invoke(event: object): Promise<AuditSummary>;
}

interface DeployedTo {
  readonly ask: Ask;
  readonly moto: Moto;
  readonly gate: Gate;
  /** The bucket from which Lambda took the code. */
  readonly codeBucket?: string | undefined;
}

/** Fetches what is deployed under this ARN into a folder. */
export async function deployedFunction(
  arn: string,
  folder: string,
  { ask, moto, gate, codeBucket = ASSETS }: DeployedTo,
): Promise<DeployedFunction> {
  const [found] = await ask(['lambda', 'get_function', { FunctionName: arn }]);
  const { Configuration: configuration, Code } = found as {
    Configuration: Configuration;
    Code: { Location: string };
  };
  const code = join(folder, configuration.CodeSha256.replace(/\W/g, ''));
  await fetchCode(moto, Code.Location, configuration.CodeSha256, code, codeBucket);
  const statements = await statementsOf(ask, configuration.Role);
  const role = configuration.Role.split('/').pop() ?? '';
  const caller = `arn:aws:sts::${PLACE.account}:assumed-role/${role}/${configuration.FunctionName}`;
  const [module = '', handler = ''] = configuration.Handler.split('.');
  const kind = configuration.DurableConfig === undefined ? 'plain' : 'durable';

  return {
    configuration,
    async invoke(event) {
      gate.admit(caller, statements);
      const args = [join(code, `${module}.mjs`), handler, kind, JSON.stringify(event)];
      const { stdout } = await run(process.execPath, [invoker, ...args], {
        env: {
          PATH: process.env['PATH'],
          ...environmentFor(gate.endpoint, moto.certificate),
          ...configuration.Environment.Variables,
        },
      });
      return JSON.parse(stdout.trimEnd().split('\n').pop() ?? '') as AuditSummary;
    },
  };
}

/** The address that moto gives is of AWS; its key is that of the bucket in which the code was. */
async function fetchCode(
  moto: Moto,
  location: string,
  sha256: string,
  folder: string,
  Bucket: string,
) {
  const s3 = new S3Client({ ...moto.access, forcePathStyle: true });
  const Key = new URL(location).pathname.slice(1);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  s3.destroy();
  const found = createHash('sha256').update(bytes).digest('base64');
  if (found !== sha256) throw new Error(`the code is ${found}, and Lambda has ${sha256}`);
  mkdirSync(folder, { recursive: true });
  const zip = join(folder, 'code.zip');
  writeFileSync(zip, bytes);
  await run('python3', ['-m', 'zipfile', '-e', zip, folder]);
}
