import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';

let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-host-test-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What the probe tells of a node of Amazon Linux 2 with these files. */
async function told(files: Record<string, string | null>): Promise<Record<string, unknown>> {
  const tree = await editedFixture(scratch, 'amazon-linux-2-linux-5.10', files);
  const { stdout } = await runProbe(tree, { path: [bin] });
  return JSON.parse(stdout.toString()) as Record<string, unknown>;
}

describe('the system', () => {
  const release = 'etc/bottlerocket-release';
  const os = async (files: Record<string, string | null>) => (await told(files))['os'];

  it('is the host’s in a container of Bottlerocket, whose own file names another', async () => {
    const hosts = 'NAME=Bottlerocket\nID=bottlerocket\nVERSION_ID=1.20.3\n';
    expect(await os({ [release]: hosts })).toEqual({ id: 'bottlerocket', version: '1.20.3' });
  });

  it.each([null, '', 'NAME=Bottlerocket\n'])(
    'is its own where that file holds %j',
    async (text) => {
      const files: Record<string, string> = text === null ? {} : { [release]: text };
      expect(await os(files)).toEqual({ id: 'amzn', version: '2' });
    },
  );
});

describe('threads of a core', () => {
  const cpu = 'sys/devices/system/cpu';

  it.each([
    { siblings: '0-1', smt: null, threads: 2 },
    { siblings: '0,4', smt: null, threads: 2 },
    { siblings: '0', smt: '1', threads: 1 },
    { siblings: '0-3', smt: null, threads: 4 },
    { siblings: '0,8-9', smt: null, threads: 3 },
    { siblings: 'x', smt: '1', threads: 2 },
    { siblings: null, smt: '0', threads: 1 },
    { siblings: null, smt: 'x', threads: undefined },
    { siblings: null, smt: null, threads: undefined },
  ])('are $threads where siblings are $siblings and SMT is $smt', async (given) => {
    const { siblings, smt, threads } = given;
    const { threadsPerCore } = await told({
      ...(siblings !== null && { [`${cpu}/cpu0/topology/thread_siblings_list`]: `${siblings}\n` }),
      ...(smt !== null && { [`${cpu}/smt/active`]: `${smt}\n` }),
    });
    expect(threadsPerCore).toBe(threads);
  });
});
