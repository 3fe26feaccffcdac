import { isWorthTelling, type Digest } from '../ledger/digest.js';
import type { Ledger, Promised } from '../ledger/ledger.js';
import { readLedger } from '../ledger/read-ledger.js';
import type { Recalled } from '../ledger/recall.js';
import type { JudgedRun } from './judged-run.js';
import type { LedgerStore } from './ports.js';

/** One audit compared with one ledger. */
export interface Attempt {
  readonly run: JudgedRun;
  readonly recalled: Recalled;
  /** What changed. */
  readonly digest: Digest;
  /** The ledger to write, without an outbox. */
  readonly next: Ledger;
}

/** Judges an audit against a ledger. Runs again if another audit wrote the ledger meanwhile. */
export type Judging = (ledger: Ledger | undefined, notes: readonly string[]) => Attempt;

/** Two audits at once are rare, and nobody expects a third at the same moment. */
const TRIES = 5;
/** Seconds after which another audit takes over an unkept promise: longer than a function may run. */
const LEASE = 900;

/**
 * Judges an audit against the ledger and writes what is new into it, with the promise to tell. The write
 * succeeds only on the ledger that was read. So if two audits run at once, the second one sees what the
 * first one found, and only one of them tells it.
 *
 * Fails if other audits win each time; the caller then tries the audit again.
 */
export async function settle(
  ledgers: LedgerStore,
  runId: string,
  now: () => string,
  judging: Judging,
): Promise<Attempt> {
  for (let left = TRIES; left > 0; left -= 1) {
    const settled = await trySettle(ledgers, runId, now, judging);
    if (settled !== undefined) return settled;
  }
  throw new Error(`others wrote the ledger ${TRIES} times while run ${runId} was judged`);
}

/** Nothing if another audit was faster. */
async function trySettle(
  ledgers: LedgerStore,
  runId: string,
  now: () => string,
  judging: Judging,
): Promise<Attempt | undefined> {
  const stored = await ledgers.read();
  const reading = readLedger(stored?.text);
  const ledger = reading.kind === 'known' ? reading.ledger : undefined;
  // This audit was here before: it tells only what it promised then and may not have told.
  if (ledger?.runId === runId) return asPromised(ledger, judging(ledger, []));

  const attempt = judging(ledger, await notesOn(reading, stored?.text, ledgers, runId));
  // We do not write a newer program's ledger: notes tell of the audit, and nothing remembers it.
  if (reading.kind === 'newer') {
    return { ...attempt, digest: { ...attempt.digest, transitions: [] } };
  }
  const outbox = promises(ledger?.outbox, attempt.digest, now());
  const written = await ledgers.write(withOutbox(attempt.next, outbox), stored?.version);
  return written === 'written' ? attempt : undefined;
}

function asPromised({ outbox = [], runId }: Ledger, attempt: Attempt): Attempt {
  const promised = outbox.find((one) => one.runId === runId);
  const nothing = { ...attempt.digest, transitions: [], notes: [] };
  return { ...attempt, digest: promised?.digest ?? nothing };
}

/** Its own promise, if there is something to tell, and old ones that others have not kept. */
function promises(
  outbox: readonly Promised[] | undefined,
  digest: Digest,
  now: string,
): Promised[] {
  const { runId } = digest;
  const before = Date.parse(now) - LEASE * 1_000;
  const inherited = (outbox ?? []).map((one) =>
    Date.parse(one.promisedAt) > before ? one : { ...one, runId, promisedAt: now },
  );
  return isWorthTelling(digest) ? [...inherited, { runId, promisedAt: now, digest }] : inherited;
}

/** Notes about a ledger that could not be used. Sets a damaged one aside first. */
async function notesOn(
  reading: ReturnType<typeof readLedger>,
  text: string | undefined,
  ledgers: LedgerStore,
  runId: string,
): Promise<string[]> {
  switch (reading.kind) {
    case 'absent':
      return [];
    case 'known':
      return reading.dropped === 0
        ? []
        : [`${reading.dropped} entries of the ledger could not be read and are forgotten`];
    case 'damaged': {
      const place = await ledgers.setAside(`damaged-${runId}.json`, text ?? '');
      return [
        `the ledger could not be read (${reading.why}) and was begun anew: every open finding is told once more. The damaged one is kept at ${place}`,
      ];
    }
    case 'newer':
      return [
        `the ledger is of version ${reading.schemaVersion}, which a newer program wrote: this one changes nothing in it and cannot say what is new. The open findings are in the report; deploy the newer program here too`,
      ];
  }
}

function withOutbox(ledger: Ledger, outbox: readonly Promised[]): string {
  return JSON.stringify(outbox.length === 0 ? ledger : { ...ledger, outbox });
}

/** The promises of this audit, oldest first. */
export async function promisedBy(ledgers: LedgerStore, runId: string): Promise<Digest[]> {
  const reading = readLedger((await ledgers.read())?.text);
  if (reading.kind !== 'known') return [];
  return (reading.ledger.outbox ?? [])
    .filter((one) => one.runId === runId)
    .map(({ digest }) => digest);
}

/** Takes the kept promises of this audit out of the ledger. Others may write meanwhile. */
export async function keptBy(ledgers: LedgerStore, runId: string): Promise<void> {
  for (let left = TRIES; left > 0; left -= 1) {
    const stored = await ledgers.read();
    const reading = readLedger(stored?.text);
    if (reading.kind !== 'known') return;
    const { outbox = [], ...ledger } = reading.ledger;
    const others = outbox.filter((one) => one.runId !== runId);
    if (others.length === outbox.length) return;
    const next = withOutbox(ledger, others);
    if ((await ledgers.write(next, stored?.version)) === 'written') return;
  }
  throw new Error(`others wrote the ledger ${TRIES} times after run ${runId} had told`);
}
