import { ParseError } from '../../../lib/core/text/parsed.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsClients } from '../../../lib/adapters/aws-clients.js';
import { FolderLedger } from '../../../lib/adapters/folder-ledger.js';
import { FolderRunStore } from '../../../lib/adapters/folder-run-store.js';
import { MemoryRunStore } from '../../../lib/adapters/memory-run-store.js';
import { S3RunStore } from '../../../lib/adapters/s3-run-store.js';
import { run } from '../../../lib/cli/program.js';
import { simulatorClients } from '../../../lib/cli/simulator-clients.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { auditFleet } from '../../../lib/core/run/audit-fleet.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { judgeSavedRun } from '../../../lib/core/run/judged-run.js';
import type { Invocation, LedgerStore, RunStore } from '../../../lib/core/run/ports.js';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { aRun } from '../../support/a-run.js';
import { aTerminal } from '../../support/a-terminal.js';
import { fakeAudit, FakeProbe } from '../../support/fakes.js';

const HOUR = 3_600;
const policy = { ...defaultPolicy, warningUsage: 0.6 };
const times = [0, 1, 2, 3];

let folder: string;
let simulator: Simulator;
let clients: AwsClients;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judged-run-'));
  simulator = await startSimulator({ fleet: { clusters: [], bystanders: [] } });
  clients = simulatorClients(simulator);
});

afterAll(async () => {
  clients.destroy();
  await simulator.stop();
  await rm(folder, { recursive: true });
});

/** What one node says in the audit of that hour: it uses 61 %, and refuses 40 packets an hour. */
function answer(hour: number): Invocation {
  const text = JSON.stringify({
    v: 1,
    entries: 79_954,
    max: 131_072,
    stat: { drop: 40 * hour, insert_failed: 0 },
    memTotalKiB: 7_969_177,
    memAvailableKiB: 5_242_880,
    vcpus: 2,
    kernel: '6.1.141-155.222.amzn2023.x86_64',
    os: { id: 'amzn', version: '2023' },
    uptime: 864_000 + hour * HOUR,
    bootId: '0b5e7e31-62a4-4d0f-9b1e-6d5b8a1c2f3d',
    hostNetwork: true,
    tableFull: { lines: 0 },
  });
  return { instanceId: 'i-1', status: 'answered', text };
}

/** Audits once an hour, each time into a store of its own. */
async function audit(
  ledgers: LedgerStore,
  storeOf: (hour: number) => RunStore | Promise<RunStore>,
) {
  const fleet = aFleet([aNode({}, { instanceId: 'i-1' }).node]);
  for (const hour of times) {
    const { deps, orchestrator } = fakeAudit(
      fleet,
      new FakeProbe(['i-1'], { 'i-1': answer(hour) }),
    );
    const now = () =>
      new Date(Date.parse('2026-11-23T08:00:00Z') + hour * HOUR * 1_000).toISOString();
    const store = await storeOf(hour);
    await auditFleet({ ...deps, store, ledgers, policy, now }, orchestrator, `run-${hour}`);
  }
}

const found = ({ report }: Awaited<ReturnType<typeof judgeSavedRun>>) =>
  report.findings.map(({ rule, severity }) => `${rule} ${severity}`);
const first = ['table-pressure warning'];
const later = ['table-drops critical', 'table-pressure warning'];

/** As a person would, without AWS. */
async function say(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(args, terminal);
  return { status, out: out(), notes: notes() };
}

describe('a run that was saved in a folder', () => {
  const folderOf = (hour: number) => join(folder, `run-${hour}`);

  beforeAll(() =>
    audit(new FolderLedger(join(folder, 'ledger')), (hour) =>
      FolderRunStore.create(folderOf(hour)),
    ),
  );

  it.each(times)('is judged to the very report of its audit, of the audit %i', async (hour) => {
    const store = await FolderRunStore.open(folderOf(hour));
    const judged = await judgeSavedRun(store, catalogue);
    expect(JSON.parse(JSON.stringify(judged.report))).toEqual(await store.get('report.json'));
    expect(judged.policy).toEqual(policy);
    expect(found(judged)).toEqual(hour === 0 ? first : later);
  });

  it.each(times)('shows report what the audit %i found', async (hour) => {
    const { status, out } = await say('report', '--from', folderOf(hour), '--json');
    expect(status).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { rule: string; severity: string }[] };
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      hour === 0 ? first : later,
    );
  });

  it.each([1, 2, 3])('shows fix the drops of the audit %i', async (hour) => {
    const { status, out } = await say('fix', 'table-drops', '--from', folderOf(hour));
    expect(status).toBe(0);
    expect(out).toContain('==> 1-recommended/');
  });

  it('shows fix no drops of the first audit, which had nothing to compare with', async () => {
    const { status, notes } = await say('fix', 'table-drops', '--from', folderOf(0));
    expect(status).toBe(3);
    expect(notes).toContain("the run has no finding 'table-drops'; it has: table-pressure/");
  });

  it('is judged by another policy where one is given', async () => {
    const store = await FolderRunStore.open(folderOf(3));
    const lenient = await judgeSavedRun(store, catalogue, (saved) => {
      expect(saved).toEqual(policy);
      return { ...saved, warningUsage: 0.9 };
    });
    expect(found(lenient)).toEqual(['table-drops critical']);
    expect(lenient.policy.warningUsage).toBe(0.9);
  });
});

describe('a run that was saved in S3', () => {
  const storeOf = (hour: number) =>
    new S3RunStore(
      clients.s3,
      { bucket: simulator.bucketName, account: '000000000000', region: 'us-east-1' },
      `run-${hour}`,
    );

  beforeAll(() => audit(new FolderLedger(join(folder, 'ledger-of-s3')), storeOf));

  it.each(times)('is judged to the very report of its audit, of the audit %i', async (hour) => {
    const judged = await judgeSavedRun(storeOf(hour), catalogue);
    expect(JSON.parse(JSON.stringify(judged.report))).toEqual(
      await storeOf(hour).get('report.json'),
    );
    expect(found(judged)).toEqual(hour === 0 ? first : later);
  });
});

describe('a saved run', () => {
  it('knows nothing of before where it ended before it was judged', async () => {
    const whole = await aRun();
    const store = new MemoryRunStore();
    for (const key of await whole.keys('')) {
      if (key !== 'recalled.json') await store.put(key, await whole.get(key));
    }
    const { report } = await judgeSavedRun(store, catalogue);
    expect(report).toEqual((await judgeSavedRun(whole, catalogue)).report);
  });

  it.each([
    [
      'policy.json',
      { ...policy, warningUsage: 1.5 },
      "'warningUsage' should be a share greater than 0 and at most 1, got 1.5",
    ],
    ['policy.json', { ...policy, flapSeconds: 0 }, "'flapSeconds' should be greater than 0, got 0"],
    [
      'policy.json',
      {},
      "'warningUsage' is missing; 'criticalUsage' is missing; 'targetUsage' is missing; 4 more are wrong",
    ],
    [
      'recalled.json',
      { 'i-1': { growth: { seconds: '9', counters: {}, exceeded: {} } } },
      "'i-1.growth.seconds' should be a number, got '9'",
    ],
    [
      'recalled.json',
      { 'i-1': { was: { 'table-pressure': 'bad' } } },
      "'i-1.was.table-pressure' should be one of critical, warning, notice, got 'bad'",
    ],
  ])('that has a damaged %s fails: %j', async (key, file, said) => {
    await expect(judgeSavedRun(await aRun({ [key]: file }), catalogue)).rejects.toThrow(
      new ParseError(`${key} of memory: ${said}`),
    );
  });
});
