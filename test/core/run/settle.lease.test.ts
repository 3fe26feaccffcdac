import { beforeEach, describe, expect, it } from 'vitest';
import { InlineOrchestrator } from '../../../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../../lib/adapters/memory-run-store.js';
import { auditFleet } from '../../../lib/core/run/audit-fleet.js';
import type { Announcer } from '../../../lib/core/run/ports.js';
import type { Ledger } from '../../../lib/core/ledger/ledger.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { answering, fakeAudit, FakeProbe } from '../../support/fakes.js';

const START = Date.parse('2026-11-23T08:00:00.000Z');
const fleet = aFleet([aNode({}, { instanceId: 'i-1' }).node]);

let ledgers: MemoryLedger;
let told: string[];

beforeEach(() => {
  ledgers = new MemoryLedger();
  told = [];
});

const broken: Announcer = { publish: () => Promise.reject(new Error('no route to host')) };
const topic: Announcer = {
  publish({ runId }) {
    told.push(runId);
    return Promise.resolve();
  },
};

/** One audit of a node that is nearly full, so many milliseconds after the first one. */
function audit(runId: string, after: number, announcer = topic) {
  const probe = new FakeProbe(['i-1'], { 'i-1': answering('i-1', 80, 100) });
  const { deps } = fakeAudit(fleet, probe);
  const parts = {
    ...deps,
    ledgers,
    store: new MemoryRunStore(),
    announcers: { topic: announcer },
    now: () => new Date(START + after).toISOString(),
  };
  return auditFleet(parts, new InlineOrchestrator(() => Promise.resolve()), runId);
}

async function outbox() {
  const { outbox: left = [] } = JSON.parse((await ledgers.read())?.text ?? '') as Ledger;
  return left.map(({ runId, promisedAt }) => [runId, Date.parse(promisedAt) - START]);
}

describe('a promise that a crashed audit left', () => {
  beforeEach(async () => {
    await expect(audit('run-1', 0, broken)).rejects.toThrow('no route to host');
  });

  it('is left alone for 15 minutes: who promised it may be telling it', async () => {
    await audit('run-2', 899_999);
    expect(told).toEqual([]);
    expect(await outbox()).toEqual([['run-1', 0]]);
  });

  it('is taken over after 15 minutes, and told', async () => {
    await audit('run-2', 900_000);
    expect(told).toEqual(['run-1']);
    expect(await outbox()).toEqual([]);
  });

  it('belongs for the next 15 minutes to the audit that took it over', async () => {
    await expect(audit('run-2', 900_000, broken)).rejects.toThrow('no route to host');
    expect(await outbox()).toEqual([['run-2', 900_000]]);
    await audit('run-3', 1_799_999);
    expect(told).toEqual([]);
    await audit('run-4', 1_800_000);
    expect(told).toEqual(['run-1']);
  });
});
