import { afterTelling, claimedOf, claiming, type Delivery } from '../ledger/outbox.js';
import type { Digest } from '../ledger/digest.js';
import { readLedger } from '../ledger/read-ledger.js';
import { amend } from './amend.js';
import type { Announcer, LedgerStore, Orchestrator, RunStore, Untaken } from './ports.js';
import { saidBy } from './said-by.js';

/** What telling needs. */
export interface TellDeps {
  /** Channels by a short, stable name. */
  readonly announcers: Readonly<Record<string, Announcer>>;
  readonly ledgers: LedgerStore;
  readonly store: RunStore;
  readonly now: () => string;
}

/** Changes of one digest that are tried again one by one; more than these are lost, and counted. */
const MOST_LEFT = 100;
/** A channel that failed so often in one audit is left alone until the next one. */
const MOST_FAILURES = 2;

/**
 * Tells each channel all that it is owed and that nobody else is telling. What one channel took is never sent to it
 * again because another one is broken: a claim is in the ledger before a channel is told, and what it took is taken
 * out after each channel. A broken channel is data, and the others are told.
 *
 * Returns what the channels said that did not take everything.
 */
export async function tell(
  deps: TellDeps,
  orchestrator: Orchestrator,
  holder: string,
): Promise<Record<string, string>> {
  const { announcers, ledgers, now } = deps;
  const names = Object.keys(announcers);
  if (names.length === 0) return {};
  const claimed = await orchestrator.step('claim', () => claim(ledgers, holder, names, now));
  const errors: Record<string, string> = {};
  for (const name of claimed) {
    const deliveries = await orchestrator.step(`tell-${name}`, () => deliver(deps, name, holder));
    await orchestrator.step(`told-${name}`, () => mark(ledgers, name, holder, deliveries));
    const error = deliveries.map((one) => one.error).find((text) => text !== undefined);
    if (error !== undefined) errors[name] = error;
  }
  return errors;
}

/** Tells what the run found where no ledger can remember that it was told. */
export async function tellUnremembered(
  { announcers, store }: TellDeps,
  orchestrator: Orchestrator,
): Promise<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const [name, announcer] of Object.entries(announcers)) {
    const { error } = await orchestrator.step(`tell-${name}`, async () =>
      publish(announcer, (await store.get('digest.json')) as Digest),
    );
    if (error !== undefined) errors[name] = error;
  }
  return errors;
}

/** The channels for which something was claimed. */
async function claim(
  ledgers: LedgerStore,
  holder: string,
  names: readonly string[],
  now: () => string,
): Promise<readonly string[]> {
  let claimed: readonly string[] = [];
  const change = (ledger: Parameters<typeof claiming>[0]) => {
    const next = claiming(ledger, holder, names, now());
    claimed = next.channels;
    return claimed.length === 0 ? ledger : next.ledger;
  };
  await amend(ledgers, change, 'a message was claimed');
  return claimed;
}

/** Oldest first. If the channel fails, the newest one has a try too, as the oldest may be what it cannot take. */
async function deliver(
  { announcers, ledgers }: TellDeps,
  name: string,
  holder: string,
): Promise<Delivery[]> {
  const reading = readLedger((await ledgers.read())?.text);
  const announcer = announcers[name];
  if (reading.kind !== 'known' || announcer === undefined) return [];
  const digests = claimedOf(reading.ledger, name, holder);
  const deliveries: Delivery[] = [];
  let failures = 0;
  while (digests.length > 0 && failures < MOST_FAILURES) {
    const digest = failures === 0 ? digests.shift() : digests.pop();
    if (digest === undefined) break;
    const delivery = await publish(announcer, digest);
    deliveries.push(delivery);
    if (delivery.left === 'all') failures += 1;
  }
  return deliveries;
}

/** Never fails: what a channel says is data. */
async function publish(announcer: Announcer, digest: Digest): Promise<Delivery> {
  const { runId } = digest;
  try {
    return deliveryOf(digest, await announcer.publish(digest));
  } catch (error) {
    return { runId, left: 'all', lost: 0, error: saidBy(error) };
  }
}

function deliveryOf({ runId, transitions }: Digest, untaken: readonly Untaken[]): Delivery {
  const [first] = untaken;
  if (first === undefined) return { runId, left: [], lost: 0 };
  const error = saidBy(first.why);
  const left = untaken.filter(({ forGood }) => !forGood).map(({ id }) => id);
  if (left.length === transitions.length) return { runId, left: 'all', lost: 0, error };
  const kept = left.slice(0, MOST_LEFT);
  return { runId, left: kept, lost: untaken.length - kept.length, error };
}

async function mark(
  ledgers: LedgerStore,
  name: string,
  holder: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  await amend(
    ledgers,
    (ledger) => afterTelling(ledger, name, holder, deliveries),
    `it was noted what ${name} took`,
  );
}
