import { isWorthTelling, type Digest } from '../ledger/digest.js';
import type { Ledger } from '../ledger/ledger.js';
import { fitted } from '../ledger/fitted.js';
import { withPromise } from '../ledger/outbox.js';
import { readLedger } from '../ledger/read-ledger.js';
import type { Recalled } from '../ledger/recall.js';
import { TRIES } from './amend.js';
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

/** An attempt that counts. */
export interface Settled extends Attempt {
  /** False: a newer program's ledger was left alone, and nothing remembers what is told. */
  readonly remembers: boolean;
}

/** Who settles. */
export interface Settling {
  readonly ledgers: LedgerStore;
  readonly runId: string;
  readonly now: () => string;
  /** Names of the channels that will be owed what changed. */
  readonly channels: readonly string[];
  /** Whether the first audit says that it is the first, even if all is well. */
  readonly greets?: boolean;
}

/** Judges an audit against a ledger. Runs again if another audit wrote the ledger meanwhile. */
export type Judging = (ledger: Ledger | undefined, notes: readonly string[]) => Attempt;

/**
 * Judges an audit against the ledger and writes what is new into it, with the promise to tell. The write
 * succeeds only on the ledger that was read. So if two audits run at once, the second one sees what the
 * first one found, and only one of them tells it.
 *
 * Fails if other audits win each time; the caller then tries the audit again.
 */
export async function settle(settling: Settling, judging: Judging): Promise<Settled> {
  for (let left = TRIES; left > 0; left -= 1) {
    const settled = await trySettle(settling, judging);
    if (settled !== undefined) return settled;
  }
  throw new Error(`others wrote the ledger ${TRIES} times while run ${settling.runId} was judged`);
}

/** Nothing if another audit was faster. */
async function trySettle(settling: Settling, judging: Judging): Promise<Settled | undefined> {
  const { ledgers, runId } = settling;
  const { reading, version, notes } = await readAnew(settling);
  const ledger = reading.kind === 'known' ? reading.ledger : undefined;
  // This audit was here before: what it promised then stands.
  if (ledger?.runId === runId) {
    return { ...asPromised(ledger, judging(ledger, [])), remembers: true };
  }
  const judged = judging(ledger, notes);
  const attempt = reading.kind === 'absent' ? asFirst(judged) : judged;
  // We do not write a newer program's ledger: notes tell of the audit, and nothing remembers it.
  if (reading.kind === 'newer') {
    const digest = { ...attempt.digest, transitions: [] };
    return { ...attempt, digest, remembers: false };
  }
  const written = await ledgers.write(withDigest(attempt, ledger, settling), version);
  return written === 'written' ? { ...attempt, remembers: true } : undefined;
}

/** The ledger with the notes on it. Its text, which may be long, is not kept while the audit is judged. */
async function readAnew(settling: Settling) {
  const { text, version } = (await settling.ledgers.read()) ?? {};
  const reading = readLedger(text);
  return { reading, version, notes: await notesOn(reading, text, settling) };
}

/** The text of the next ledger, with the promise to tell what changed. */
function withDigest(
  { digest, next }: Attempt,
  ledger: Ledger | undefined,
  { channels, now }: Settling,
): string {
  const promised = isWorthTelling(digest) ? digest : undefined;
  const outbox = withPromise(ledger?.outbox, promised, channels, now());
  return fitted({ ...next, ...(outbox.length > 0 && { outbox }) });
}

function asPromised({ outbox = [], runId }: Ledger, attempt: Attempt): Attempt {
  const promised = outbox.find((one) => one.runId === runId);
  const nothing = { ...attempt.digest, transitions: [], notes: [] };
  return { ...attempt, digest: promised?.digest ?? nothing };
}

/** Whoever gets the first message of an account and Region reads in it that it is the first. */
function asFirst(attempt: Attempt): Attempt {
  return { ...attempt, digest: { ...attempt.digest, first: true } };
}

/** Told though all may be well: whoever reads it knows that messages arrive. */
const FIRST =
  'this is the first audit of this account and Region; from now on a message comes only when something changes';

/** Notes about a ledger that could not be used. Sets a damaged one aside first. */
async function notesOn(
  reading: ReturnType<typeof readLedger>,
  text: string | undefined,
  { ledgers, runId, greets }: Settling,
): Promise<string[]> {
  switch (reading.kind) {
    case 'absent':
      return greets === true ? [FIRST] : [];
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
