import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const overlay = fileURLToPath(new URL('overlay/serve.py', import.meta.url));

/** The account and Region that moto gives to everybody. */
export const PLACE = { account: '123456789012', region: 'us-east-1' } as const;

/** A running moto with the overlay, behind TLS, as policies want it. */
export interface Moto {
  /** `https://localhost:<port>`: moto's CloudFormation looks for this word in the address of a template. */
  readonly endpoint: string;
  /** The same account without TLS. */
  readonly plainEndpoint: string;
  /** PEM file of the server's certificate and its key, for whoever serves or trusts the same name. */
  readonly certificate: string;
  readonly key: string;
  /** Environment by which Node, Python and the SDKs reach and trust it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settings for an SDK client of this process, which cannot change what it trusts. */
  readonly access: ReturnType<typeof accessTo>;
  /** The last that moto said on stderr: a failed resource leaves its trace there. */
  complaint(): string;
  stop(): Promise<void>;
}

/** Starts moto on a free port of loopback, with its certificate in this folder. */
export async function startMoto(folder: string): Promise<Moto> {
  // Its standard input is its life: it ends with this process, however that ends.
  const server = spawn('python3', ['-B', overlay, folder], { stdio: 'pipe' });
  let complaint = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-20_000);
  });
  server.on('error', (error) => {
    complaint = error.message;
  });
  const line = await firstLine(server);
  if (line === undefined) {
    throw new Error(`moto did not start ('pip install "moto[server]"'): ${complaint}`);
  }
  const { secure, plain } = JSON.parse(line) as { secure: number; plain: number };
  const certificate = join(folder, 'certificate.pem');
  const endpoint = `https://localhost:${secure}`;
  return {
    endpoint,
    plainEndpoint: `http://localhost:${plain}`,
    certificate,
    key: join(folder, 'key.pem'),
    environment: environmentFor(endpoint, certificate),
    access: accessTo(endpoint, certificate),
    complaint: () => complaint,
    stop: () => end(server),
  };
}

/** What a program is told to reach an endpoint that shows this certificate. */
export function environmentFor(endpoint: string, certificate: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: PLACE.region,
    AWS_DEFAULT_REGION: PLACE.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
  };
}

function accessTo(endpoint: string, certificate: string) {
  return {
    endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(certificate) }) },
  };
}

async function firstLine({ stdout }: { stdout: NodeJS.ReadableStream }) {
  for await (const line of createInterface({ input: stdout })) return line;
  return undefined;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  server.kill();
  await ended;
}
