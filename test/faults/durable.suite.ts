import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DurableOrchestrator } from '../../lib/adapters/durable-orchestrator.js';
import { auditFleet, type AuditSummary } from '../../lib/core/run/audit-fleet.js';
import { AuditProcess } from './audits.js';
import { pressed } from './hub.js';
import { Lab } from './lab.js';
import { aboutTables, repeated } from './told.js';
import { shop } from './worlds.js';

const AUDITS = [1, 2, 3, 4, 5];

let lab: Lab;
beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  lab = await Lab.open();
});
afterAll(async () => {
  await lab.close();
  await LocalDurableTestRunner.teardownTestEnvironment();
});

/** One audit as Lambda runs a durable function. Fails as the execution fails. */
async function durably(runId: string): Promise<AuditSummary> {
  const process = new AuditProcess(lab.account);
  const deps = await process.deps({ runId });
  const runner = new LocalDurableTestRunner<AuditSummary>({
    handlerFunction: withDurableExecution((_event: unknown, context: DurableContext) =>
      auditFleet(deps, new DurableOrchestrator(context), runId),
    ),
  });
  const execution = await runner.run({ payload: {} });
  process.die();
  const result = execution.getResult();
  if (result === undefined) throw new Error(execution.getError().errorMessage);
  return result;
}

describe('a durable audit while Security Hub refuses for five audits', () => {
  beforeAll(async () => {
    await lab.set(pressed(0), [{ on: 'securityhub:BatchImportFindings', kind: 'refused' }]);
    for (const count of AUDITS) {
      await lab.account.order('become', pressed(count));
      await durably(`durable-${count}`);
    }
  });

  it('mails each change once', async () => {
    expect(await lab.met('refused')).toBe(true);
    const { topic } = await lab.changes();
    expect(aboutTables(topic)).toHaveLength(AUDITS.length);
    expect(new Set(aboutTables(topic)).size).toBe(AUDITS.length);
  });

  it('keeps the history of five of five', async () => {
    expect(await lab.account.order('keys', 'history/')).toHaveLength(AUDITS.length);
  });

  it('imports everything when it may again', async () => {
    await lab.fail();
    await durably('durable-6');
    const { topic, 'security-hub': hub } = await lab.changes();
    expect([...hub].sort()).toEqual([...topic].sort());
  });
});

/** What a step can meet twice and not a third time. */
const passing = [
  { on: 'eks:ListClusters', kind: 'refused', times: 2 },
  { on: 's3:PutObject', kind: 'refused', about: '/fleet.json', times: 2 },
  { on: 's3:PutObject', kind: 'refused', about: '/report.json', times: 2 },
  { on: 's3:PutObject', kind: 'refused', about: 'ledger', from: 2, times: 2 },
  { on: 's3:GetObject', kind: 'refused', about: '/answers/', times: 2 },
] as const;

describe.each(passing)('a durable audit whose step fails twice at $on $about', (fault) => {
  it('goes on, and tells each change once', async () => {
    await lab.set(shop, [fault]);
    const { nodes } = await durably('durable');
    expect((await lab.calls()).filter(({ met }) => met === 'refused')).toHaveLength(2);
    expect(nodes).toMatchObject({ silent: 0 });
    const told = await lab.changes();
    for (const changes of Object.values(told)) expect(repeated(changes)).toEqual([]);
    expect(told.topic.length).toBeGreaterThan(0);
  });
});

describe('a durable execution that is delivered twice', () => {
  it('tells each change once', async () => {
    await lab.set(shop);
    await durably('durable');
    await durably('durable');
    for (const changes of Object.values(await lab.changes())) {
      expect(repeated(changes)).toEqual([]);
    }
  });
});
