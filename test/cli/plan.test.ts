import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { run } from '../../lib/cli/program.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import schema from '../../schema/plan.v1.schema.json' with { type: 'json' };
import { aFleet, aNode } from '../support/a-node.js';
import { aTerminal } from '../support/a-terminal.js';
import { fakeAudit, FakeProbe } from '../support/fakes.js';

const isPlan = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(
  schema,
);

let folder: string;
let saved: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'));
  saved = join(folder, 'run');
  const fleet = aFleet([aNode({}, { instanceId: 'i-hot' }).node]);
  const text = JSON.stringify({
    v: 1,
    entries: 125_000,
    max: 131_072,
    os: { id: 'amzn', version: '2023' },
  });
  const probe = new FakeProbe(['i-hot'], {
    'i-hot': { instanceId: 'i-hot', status: 'answered', text },
  });
  const { deps, orchestrator } = fakeAudit(fleet, probe);
  await auditFleet({ ...deps, store: await FolderRunStore.create(saved) }, orchestrator, 'run-1');
});

afterAll(() => rm(folder, { recursive: true }));

async function cli(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

describe('plan', () => {
  it('prints what to do', async () => {
    const { status, out } = await cli('plan', '--from', saved);
    expect(status).toBe(0);
    expect(out).toContain('1. Set conntrack.min of kube-proxy to 262,144 in example');
  });

  it.each([[[]], [['--if', 'raise-limit=262144']]])(
    'prints JSON by its schema: %s',
    async (more) => {
      const { out } = await cli('plan', '--from', saved, '--json', ...more);
      isPlan(JSON.parse(out));
      expect(isPlan.errors).toBeNull();
    },
  );

  it('answers a question', async () => {
    const { out } = await cli('plan', '--from', saved, '--if', 'raise-limit=262144');
    expect(out).toContain('workers of example: 95% of 131,072 -> 48% of 262,144');
    expect(out).toContain('Would stop\n  critical table-pressure/example/workers');
  });

  it.each([
    ['raise-limit=0', 'from 1 to 2147483647'],
    ['raise-limt=5', 'did you mean raise-limit?'],
    ['upgrade=1.x', 'such as 1.36'],
    ['type=m5.gigantic', "no instance type 'm5.gigantic'"],
    ['nodes=0', 'from +1 to +1000'],
    ['shorten-timeouts=5', 'no value'],
    ['lower-ndots=', 'no value'],
    ['lower-ndot', 'did you mean lower-ndots?'],
    ['faster', 'node-local-dns-cache, shorten-timeouts, shorten-udp-timeout, lower-ndots'],
    ['upgrade', 'upgrade should have a minor of Kubernetes 1'],
  ])('refuses %s, and says what is allowed', async (change, said) => {
    const { status, notes } = await cli('plan', '--from', saved, '--if', change);
    expect(status).toBe(3);
    expect(notes).toContain(said);
  });

  it('refuses two answers to one question', async () => {
    const twice = ['--if', 'raise-limit=262144', '--if', 'raise-limit=524288'];
    const { status, notes } = await cli('plan', '--from', saved, ...twice);
    expect(status).toBe(3);
    expect(notes).toContain("should name raise-limit once, got 'raise-limit=524288' as well");
  });

  it('refuses a cluster that is not there', async () => {
    const { notes } = await cli('plan', '--from', saved, '--if', 'nodes=+1', '--cluster', 'exmple');
    expect(notes).toBe("error: the run has no cluster 'exmple'; did you mean example?\n");
  });
});

describe('fix --plan', () => {
  it('writes the files in the order of doing, each once', async () => {
    const to = join(folder, 'fixes');
    const { status } = await cli('fix', '--plan', '--from', saved, '-o', to);
    expect(status).toBe(0);
    const names = (await readdir(to)).sort();
    expect(names).toEqual(['01-raise-limit-example', 'README.md']);
    expect(await readdir(join(to, '01-raise-limit-example'))).toContain('raise-limit.sh');
  });

  it.each([
    [['--plan'], '--plan needs --from'],
    [['table-pressure', '--plan'], "not 'table-pressure' alone"],
    [[], 'a finding or a remedy is missing'],
  ])('refuses %s', async (args, said) => {
    const { status, notes } = await cli('fix', ...args);
    expect(status).toBe(3);
    expect(notes).toContain(said);
  });
});
