import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Digest } from '../core/ledger/digest.js';
import type { Assessment, Finding } from '../core/judge/finding.js';
import { inParts } from '../core/run/in-parts.js';
import type { Announcer, Untaken } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { EVENT_SOURCE } from '../core/history/published-names.js';
import { byteLength, cut, shown } from '../core/render/cut.js';
import { reportLink } from '../core/render/digest-links.js';
import { recommendationOf } from '../core/render/recommendation.js';
import type { Transition } from '../core/ledger/transition.js';

/** Raised when a field of `detail` goes away or changes its meaning; not for a new field. */
const EVENT_SCHEMA_VERSION = 1;

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const ENTRIES_LIMIT = 10;
/**
 * One request, and so one entry, must have fewer bytes.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size
 */
const BYTES_LIMIT = 262_144;
/** What EventBridge counts for the time of an entry. */
const TIME_BYTES = 14;

/** An event names this many nodes, the worst ones. A house choice: the report has all. */
const NODES_NAMED = 50;
/** Bytes of one text: all texts of an event with one node fit, whatever they hold. A house choice. */
const TEXT_LIMIT = 2_000;

/**
 * What an entry may be refused for today and taken tomorrow; every other refusal is about the entry itself.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 */
const PASSING: ReadonlySet<string> = new Set([
  'InternalException',
  'InternalFailure',
  'ThrottlingException',
]);

/** An event, and the finding that it is about. */
interface Event {
  readonly id: string;
  readonly entry: PutEventsRequestEntry;
}

/**
 * Puts one event on the default bus for each transition, so that rules of the bus can route them. A note
 * of the digest is no event.
 *
 * An event may come twice if a publication is tried again: `runId` and `finding.id` tell.
 */
export class EventBridgeAnnouncer implements Announcer {
  constructor(private readonly eventBridge: EventBridgeClient) {}

  /** Sends what was refused for now once more. Fails if the first request does. */
  async publish(digest: Digest): Promise<readonly Untaken[]> {
    const events = digest.transitions.map((transition) => ({
      id: transition.finding.id,
      entry: entryOf(transition, digest),
    }));
    const first = await this.put(events, true);
    const passing = new Set(first.filter(({ forGood }) => !forGood).map(({ id }) => id));
    const again = await this.put(
      events.filter(({ id }) => passing.has(id)),
      false,
    );
    return [...first.filter(({ forGood }) => forGood), ...again];
  }

  private put(events: readonly Event[], mayFail: boolean): Promise<Untaken[]> {
    return inParts(packed(events), (part) => this.request(part), mayFail);
  }

  private async request(batch: readonly Event[]): Promise<Untaken[]> {
    const { Entries: results = [] } = await this.eventBridge.send(
      new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }),
    );
    // Results stand in the order of the entries.
    return batch.flatMap(({ id }, at) => {
      const { ErrorCode: code, ErrorMessage: message } = results[at] ?? {};
      if (code === undefined) return [];
      return [{ id, why: [code, message].join(': '), forGood: !PASSING.has(code) }];
    });
  }
}

function entryOf(transition: Transition, digest: Digest): PutEventsRequestEntry {
  const { kind } = transition;
  const about = {
    ...timeOf(digest),
    Source: EVENT_SOURCE,
    DetailType: shown(`Conntrack Finding ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, 128),
  };
  let named = NODES_NAMED;
  let entry: PutEventsRequestEntry;
  do {
    entry = { ...about, Detail: detailOf(transition, digest, named) };
    named = Math.floor(named / 2);
  } while (bytesOf(entry) >= BYTES_LIMIT && named > 0);
  return entry;
}

/** When the audit began; without one, EventBridge takes the time of the call. */
function timeOf({ startedAt }: Digest): Pick<PutEventsRequestEntry, 'Time'> {
  const at = new Date(startedAt);
  return Number.isNaN(at.getTime()) ? {} : { Time: at };
}

/**
 * The transition by itself: everything else stays in the report. `account` is the audited one; that of the
 * event's envelope is the one of the bus. JSON is the boundary here: names are raw for those who read it.
 */
function detailOf(transition: Transition, digest: Digest, named: number): string {
  const { kind, finding, since, was, before, after, fixLost, note } = transition;
  const { runId, startedAt, region, account, location, links, plan, test } = digest;
  const page = links?.page === undefined || test === true ? undefined : reportLink(digest);
  const planned = plan?.actions.find(({ findings }) => findings.includes(finding.id));
  const action = planned && { id: planned.id, title: planned.title };
  return JSON.stringify(
    {
      schemaVersion: EVENT_SCHEMA_VERSION,
      transition: kind,
      finding: shortened(finding, named),
      since,
      ...present({ was, before, after, fixLost, note, action }),
      ...{ runId, startedAt, region, location },
      ...present({ page, account, test }),
    },
    (_, value: unknown) =>
      typeof value === 'string' ? cut(value.toWellFormed(), TEXT_LIMIT) : value,
  );
}

/** The finding with its worst nodes and the recommended remedy, without steps. */
function shortened({ nodes, remedies, ...finding }: Finding, named: number) {
  const recommendation = recommendationOf({ remedies });
  return {
    ...finding,
    nodeCount: nodes.length,
    nodes: nodes.slice(0, named),
    ...(recommendation && { recommendation: withoutSteps(recommendation) }),
  };
}

function withoutSteps({ steps, ...remedy }: Assessment): Omit<Assessment, 'steps'> {
  return remedy;
}

/** The fewest requests that hold all events. */
function packed(events: readonly Event[]): Event[][] {
  const batches: Event[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = bytesOf(event.entry);
    const batch = batches.at(-1);
    if (batch === undefined || batch.length === ENTRIES_LIMIT || bytes >= room) {
      batches.push([event]);
      room = BYTES_LIMIT - bytes;
    } else {
      batch.push(event);
      room -= bytes;
    }
  }
  return batches;
}

/** As EventBridge counts. */
function bytesOf({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number {
  return TIME_BYTES + byteLength(Source + DetailType + Detail);
}
