import type { AuditRecord } from '../history/audit-record.js';
import { withTrouble } from '../ledger/outbox.js';
import { present } from '../text/present.js';
import { amend } from './amend.js';
import { saidBy } from './said-by.js';
import type { LedgerStore, Orchestrator, Recorder, RunStore } from './ports.js';

/** What recording needs. */
export interface RecordDeps {
  /** Keepers of numbers by a short, stable name. */
  readonly recorders: Readonly<Record<string, Recorder>>;
  readonly ledgers: LedgerStore;
  readonly store: RunStore;
}

/**
 * Hands the numbers of the audit to each keeper. A keeper that fails is data: the others are served, people are told,
 * and the next audit says in its message what failed. `troubled`: those that failed before. Returns what they said,
 * by name.
 */
export async function recordRun(
  deps: RecordDeps,
  orchestrator: Orchestrator,
  troubled: readonly string[],
): Promise<Record<string, string>> {
  const failed: Record<string, string> = {};
  for (const [name, recorder] of Object.entries(deps.recorders)) {
    const error = await orchestrator.step(`record-${name}`, () => record(deps, recorder));
    if (error !== null) failed[name] = error;
    if (error === null && !troubled.includes(name)) continue;
    await orchestrator.step(`recorded-${name}`, () => note(deps.ledgers, name, error));
  }
  return failed;
}

/** What the keeper said if it failed. */
async function record({ store }: RecordDeps, recorder: Recorder): Promise<string | null> {
  const kept = (await store.get('record.json')) as AuditRecord;
  return recorder.record(kept).then(() => null, saidBy);
}

/** Remembers that a keeper fails, or that it does no more. */
async function note(ledgers: LedgerStore, name: string, error: string | null): Promise<void> {
  await amend(
    ledgers,
    ({ channels, ...ledger }) => {
      const trouble = error === null ? undefined : { since: ledger.auditedAt, error };
      return { ...ledger, ...present({ channels: withTrouble(channels, name, trouble) }) };
    },
    `it was noted that ${name} failed`,
  );
}
