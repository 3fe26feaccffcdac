import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

const PATIENCE_MS = 30_000;

/**
 * Starts moto's server for all suites and ends it after them. Fails when moto is missing: whoever
 * asks for these suites wants them run.
 *
 * @see https://docs.getmoto.org/en/latest/docs/server_mode.html
 */
export default async function startMoto(project: TestProject): Promise<() => Promise<void>> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  // Without a listener a missing python3 would end the process with a trace in place of a reason.
  server.on('error', (error) => {
    complaint = error.message;
  });
  try {
    await untilItAnswers(endpoint, server);
  } catch (error) {
    await end(server);
    throw new Error(`moto's server did not start ('pip install "moto[server]"'): ${complaint}`, {
      cause: error,
    });
  }
  project.provide('motoEndpoint', endpoint);
  return () => end(server);
}

async function untilItAnswers(endpoint: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (server.pid !== undefined && server.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(100);
  }
  throw new Error(`nothing answers at ${endpoint}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill();
  await ended;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

declare module 'vitest' {
  export interface ProvidedContext {
    motoEndpoint: string;
  }
}
