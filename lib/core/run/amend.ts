import type { Ledger } from '../ledger/ledger.js';
import { readLedger } from '../ledger/read-ledger.js';
import type { LedgerStore } from './ports.js';

/** Two audits at once are rare, and nobody expects a third at the same moment. */
export const TRIES = 5;

/**
 * Writes a change into the ledger, though others write it meanwhile. Returns the ledger as it is then; nothing
 * where there is none that this program may write. Fails if others win each time.
 */
export async function amend(
  ledgers: LedgerStore,
  change: (ledger: Ledger) => Ledger,
  what: string,
): Promise<Ledger | undefined> {
  for (let left = TRIES; left > 0; left -= 1) {
    const stored = await ledgers.read();
    const reading = readLedger(stored?.text);
    if (reading.kind !== 'known') return undefined;
    const next = change(reading.ledger);
    if (next === reading.ledger) return next;
    const written = await ledgers.write(JSON.stringify(next), stored?.version);
    if (written === 'written') return next;
  }
  throw new Error(`others wrote the ledger ${TRIES} times while ${what}`);
}
