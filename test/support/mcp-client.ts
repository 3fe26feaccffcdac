import {
  Client,
  InMemoryTransport,
  type CallToolResult,
  type ClientOptions,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { fileURLToPath } from 'node:url';
import { Runs, type ServedRun } from '../../lib/mcp/runs.js';
import { mcpServer } from '../../lib/mcp/server.js';
import { theDemo } from './demo-run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The SDK's own client of the real process: `conntrack-auditor mcp ...`. */
export async function spawnedClient(
  args: readonly string[],
  options: ClientOptions = {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, options);
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/conntrack-auditor.ts', 'mcp', ...args],
    cwd: root,
  });
  await client.connect(transport);
  return client;
}

/** The same client of the same server, within this process. */
export async function linkedClient(runs: readonly ServedRun[]): Promise<Client> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await mcpServer(new Runs(runs)).connect(theirs);
  await client.connect(ours);
  return client;
}

/** What one call gave. */
export interface Called {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

/** Calls a tool, and takes the answer apart. */
export async function call(client: Client, name: string, asked: object = {}): Promise<Called> {
  const result: CallToolResult = await client.callTool({
    name,
    arguments: asked as Record<string, unknown>,
  });
  const [first] = result.content;
  return {
    isError: result.isError === true,
    text: first?.type === 'text' ? first.text : '',
    structured: (result.structuredContent ?? {}) as Called['structured'],
  };
}

/** The run of the demo as a server is given it. */
export async function aDemoRun(): Promise<ServedRun> {
  const judged = await theDemo();
  const { runId: id, startedAt } = judged.report;
  return { id, startedAt, simulated: true, judged: () => Promise.resolve(judged) };
}
