import { compare, type CompareInput } from '../ledger/compare.js';
import { digestOf, isWorthTelling, type Digest } from '../ledger/digest.js';
import { judge, type Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { LedgerStore } from './ports.js';
import type { Report } from '../judge/report.js';
import { rules } from '../rules/index.js';
import type { Mute } from '../mutes/mute.js';
import type { Ledger, Promised } from '../ledger/ledger.js';
import { readLedger } from '../ledger/read-ledger.js';
import { recall } from '../ledger/recall.js';
import { remember } from '../ledger/remember.js';

/** What an audit is settled with. */
export interface Settling {
  readonly ledgers: LedgerStore;
  readonly policy: Policy;
  readonly mutes: readonly Mute[];
  /** Where the report is. */
  readonly location: string;
  /** The time as ISO 8601, UTC. */
  readonly now: () => string;
  /** What people should know as well, once there is something to tell. */
  readonly notes: readonly string[];
}

/** An audit that was judged against the ledger, and is in it now. */
export interface Settled {
  /** The evidence with what the ledger remembers of its nodes. */
  readonly evidence: Evidence;
  readonly report: Report;
  /** What changed; what is left to tell, this one included, is in the ledger's outbox. */
  readonly digest: Digest;
}

/** Two audits at once are rare, and a third at the same moment is not expected. */
const TRIES = 5;
/** Seconds after which a promise that nobody kept is taken over: longer than a function may run. */
const LEASE = 900;

/**
 * Judges an audit against the ledger and writes what is new into it, with the promise to tell. The write
 * succeeds only on the ledger that was read, so of two audits at once the second one sees what the first
 * one found, and only one of them tells it.
 *
 * Fails when other audits win each time; the audit is then to be tried again.
 */
export async function settle(settling: Settling, evidence: Evidence): Promise<Settled> {
  for (let left = TRIES; left > 0; left -= 1) {
    const settled = await trySettle(settling, evidence);
    if (settled !== undefined) return settled;
  }
  throw new Error(
    `the ledger was written by others ${TRIES} times while run ${evidence.runId} was`,
  );
}

/** Nothing when another audit was faster. */
async function trySettle(settling: Settling, gathered: Evidence): Promise<Settled | undefined> {
  const { ledgers, policy } = settling;
  const stored = await ledgers.read();
  const reading = readLedger(stored?.text);
  const ledger = reading.kind === 'known' ? reading.ledger : undefined;
  const { evidence, was } = recall(gathered, ledger);
  const report = judge(evidence, rules, policy, was);
  // This very audit was here before: all it has to tell is what it promised then and may not have told.
  if (ledger?.runId === evidence.runId) {
    return { evidence, report, digest: ofBefore(settling, report, ledger) };
  }

  const notes = await notesOn(reading, stored?.text, ledgers, evidence.runId);
  const { digest, findings } = news(settling, { report, evidence, ledger }, notes);
  // A newer program's ledger is not ours to write: the audit is told by its notes, and not remembered.
  if (reading.kind === 'newer') return { evidence, report, digest: { ...digest, transitions: [] } };

  const next = remember({ evidence, report, ledger, findings });
  const outbox = promises(ledger?.outbox, digest, settling.now());
  const written = await ledgers.write(withOutbox(next, outbox), stored?.version);
  return written === 'written' ? { evidence, report, digest } : undefined;
}

function ofBefore({ location }: Settling, report: Report, { outbox = [], runId }: Ledger): Digest {
  const nothing = { transitions: [], silenced: [], findings: {} };
  const promised = outbox.find((one) => one.runId === runId);
  return promised?.digest ?? digestOf({ report, comparison: nothing, notes: [], location });
}

/** What changed, with what people should know as well: of that alone nobody is told. */
function news(
  { policy, mutes, location, notes: others }: Settling,
  judged: Pick<CompareInput, 'report' | 'evidence' | 'ledger'>,
  notes: readonly string[],
): { digest: Digest; findings: Ledger['findings'] } {
  const comparison = compare({ ...judged, mutes, policy });
  const digest = digestOf({ report: judged.report, comparison, notes, location });
  const { findings } = comparison;
  if (!isWorthTelling(digest)) return { digest, findings };
  return { digest: { ...digest, notes: [...notes, ...others] }, findings };
}

/** Its own promise, where there is something to tell, and those that others left alone for too long. */
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

/** What people should know of a ledger that could not be used; a damaged one is set aside first. */
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

/** What this audit has promised to tell, oldest first. */
export async function promisedBy(ledgers: LedgerStore, runId: string): Promise<Digest[]> {
  const reading = readLedger((await ledgers.read())?.text);
  if (reading.kind !== 'known') return [];
  return (reading.ledger.outbox ?? [])
    .filter((one) => one.runId === runId)
    .map(({ digest }) => digest);
}

/** Takes the promises of this audit out of the ledger: they were kept. Others may write meanwhile. */
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
  throw new Error(`the ledger was written by others ${TRIES} times while run ${runId} had told`);
}
