import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';
import { call, linkedClient } from '../support/mcp-client.js';

let client: Client;

beforeAll(async () => {
  client = await linkedClient([]);
});

/** What the command of the same meaning prints for programs. */
async function command(...args: string[]): Promise<unknown> {
  const { terminal, out } = aTerminal();
  await run([...args, '--json'], terminal);
  return JSON.parse(out());
}

interface Named {
  readonly id: string;
}

const ids = (all: readonly Named[]) => all.map(({ id }) => id);

describe('a server without a run', () => {
  it.each([
    [{ type: 't3.xlarge' }, ['t3.xlarge']],
    [{ type: 't3.xlarge', min: 500_000 }, ['t3.xlarge', '--min', '500000']],
    [
      {
        type: 'm5.large',
        kubeProxy: '1.28',
        os: 'al2',
        compare: ['m5.4xlarge'],
        upgradeTo: '1.31',
      },
      [
        'm5.large',
        '--kube-proxy',
        '1.28',
        '--os',
        'al2',
        '--compare',
        'm5.4xlarge',
        '--upgrade-to',
        '1.31',
      ],
    ],
    [
      { vcpus: 6, memoryGib: 12.5, maxPerCore: 90_000, min: 500_000, kernel: '6.1' },
      [
        '--vcpus',
        '6',
        '--memory-gib',
        '12.5',
        '--max-per-core',
        '90000',
        '--min',
        '500000',
        '--kernel',
        '6.1',
      ],
    ],
  ])('predicts what limit predicts: %j', async (asked, args) => {
    const { structured } = await call(client, 'limit', asked);
    expect(structured).toEqual(await command('limit', ...args));
  });

  it('explains what explain explains', async () => {
    const topics = (await command('explain')) as Named[];
    expect(ids((await call(client, 'explain')).structured['topics'] as Named[])).toEqual(
      ids(topics),
    );
    const { page } = (await command('explain', 'hash-crowding')) as { page: string };
    expect((await call(client, 'explain', { id: 'hash-crowding' })).structured).toMatchObject({
      page,
    });
  });
});
