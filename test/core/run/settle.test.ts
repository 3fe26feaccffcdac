import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../../lib/adapters/memory-ledger.js';
import { InlineOrchestrator } from '../../../lib/adapters/inline-orchestrator.js';
import { MemoryRunStore } from '../../../lib/adapters/memory-run-store.js';
import { auditFleet, type AuditDeps } from '../../../lib/core/run/audit-fleet.js';
import type { Digest } from '../../../lib/core/ledger/digest.js';
import { LEDGER_SCHEMA_VERSION, type Ledger } from '../../../lib/core/ledger/ledger.js';
import type { LedgerStore } from '../../../lib/core/run/ports.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { answering, fakeAudit, FakeProbe } from '../../support/fakes.js';

const fleet = aFleet(['i-1', 'i-2'].map((instanceId) => aNode({}, { instanceId }).node));

let ledgers: MemoryLedger;
let told: Digest[];

beforeEach(() => {
  ledgers = new MemoryLedger();
  told = [];
});

/** One audit at this hour, in which `i-1` uses this much of 100 entries. */
function audit(
  runId: string,
  hour: number,
  entries: number,
  different: Partial<AuditDeps> = {},
  of = fleet,
) {
  const probe = new FakeProbe(['i-1', 'i-2'], { 'i-1': answering('i-1', entries, 100) });
  const { deps } = fakeAudit(of, probe);
  const parts: AuditDeps = {
    ...deps,
    store: new MemoryRunStore(),
    ledgers,
    announcers: { topic },
    now: () => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`,
    ...different,
  };
  return auditFleet(parts, new InlineOrchestrator(() => Promise.resolve()), runId);
}

const topic = {
  publish(digest: Digest) {
    told.push(digest);
    return Promise.resolve([]);
  },
};

const kinds = () =>
  told.map(({ runId, transitions }) => [
    runId,
    ...transitions.map(({ kind, finding }) => `${kind} ${finding.rule}`),
  ]);

async function ledger(): Promise<Ledger> {
  return JSON.parse((await ledgers.read())?.text ?? '') as Ledger;
}

describe('an audit after another', () => {
  it('tells what is new once, and that it is over once', async () => {
    await audit('run-1', 8, 80);
    await audit('run-2', 9, 80);
    await audit('run-3', 10, 20);
    await audit('run-4', 11, 20);
    expect(kinds()).toEqual([
      ['run-1', 'new table-pressure'],
      ['run-3', 'resolved table-pressure'],
    ]);
    expect(await ledger()).not.toHaveProperty('outbox');
  });
});

describe('a first audit that greets', () => {
  it('says that it is the first one, though all is well, and the next says nothing', async () => {
    await audit('run-1', 8, 20, { greets: true });
    await audit('run-2', 9, 20, { greets: true });
    expect(told.map(({ runId, notes }) => [runId, notes])).toEqual([
      ['run-1', [expect.stringContaining('this is the first audit of this account and Region')]],
    ]);
  });
});

describe('an audit that is carried out twice under one name', () => {
  it('tells nothing the second time, whatever it then reads', async () => {
    await audit('run-1', 8, 80);
    await audit('run-1', 9, 20);
    expect(kinds()).toEqual([['run-1', 'new table-pressure']]);
  });
});

describe('a tag that cannot be a mute', () => {
  const mute = { until: 'tomorrow', reason: 'a load test' };
  const tagged = aFleet([aNode({}, { instanceId: 'i-1', mute }).node]);

  it('is told of beside other news, and is no news by itself', async () => {
    await audit('run-1', 8, 20, {}, tagged);
    expect(told).toEqual([]);
    await audit('run-2', 9, 80, {}, tagged);
    expect(told[0]?.notes).toEqual([expect.stringContaining("'tomorrow'") as string]);
  });
});

describe('two audits at once', () => {
  it('tell each change once: who writes the ledger second sees what the first one found', async () => {
    let first: Promise<unknown> | undefined;
    const late: LedgerStore = {
      read: () => ledgers.read(),
      setAside: (name, text) => ledgers.setAside(name, text),
      async write(text, expected) {
        // Between its read and its write another audit runs from beginning to end.
        first ??= audit('run-a', 8, 80);
        await first;
        return ledgers.write(text, expected);
      },
    };
    await audit('run-b', 8, 96, { ledgers: late });
    expect(kinds()).toEqual([
      ['run-a', 'new table-pressure'],
      ['run-b', 'worse table-pressure'],
    ]);
  });

  it('fail loudly, and tell nothing, when another one always wins', async () => {
    const losing: LedgerStore = {
      read: () => ledgers.read(),
      setAside: (name, text) => ledgers.setAside(name, text),
      write: () => Promise.resolve('conflict'),
    };
    await expect(audit('run-1', 8, 80, { ledgers: losing })).rejects.toThrow(
      'others wrote the ledger 5 times while run run-1 was judged',
    );
    expect(told).toEqual([]);
  });
});

describe('a ledger that cannot be used', () => {
  it('is set aside when it is damaged, and begun anew, and people are told so', async () => {
    await audit('run-1', 8, 80);
    const stored = await ledgers.read();
    const half = (stored?.text ?? '').slice(0, 100);
    await ledgers.write(half, stored?.version);

    await audit('run-2', 9, 80);

    expect(kinds()[1]).toEqual(['run-2', 'new table-pressure']);
    expect(told[1]?.notes[0]).toMatch(/could not be read .* begun anew: .* is kept at /);
    expect(await ledger()).toMatchObject({ runId: 'run-2' });
    await audit('run-3', 10, 80);
    expect(told).toHaveLength(2);
  });

  it('is left alone when a newer program wrote it, and the audit is still told', async () => {
    const newer = JSON.stringify({ schemaVersion: LEDGER_SCHEMA_VERSION + 1, anything: {} });
    await ledgers.write(newer, undefined);

    const summary = await audit('run-1', 8, 80);

    expect((await ledgers.read())?.text).toBe(newer);
    expect(told).toMatchObject([{ transitions: [], open: { warning: 1 } }]);
    expect(told[0]?.notes[0]).toContain(`of version ${LEDGER_SCHEMA_VERSION + 1}`);
    expect(summary.findings.warning).toBe(1);
  });
});
