import * as v from 'valibot';
import { ago } from '../text/ago.js';
import { plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { parseAnswer } from '../node/parse/answer.js';
import type { NodeFacts } from '../node/snapshot.js';
import type { AskDeps } from './ask-deps.js';
import { batches } from './batches.js';
import { keepGaps } from './kept-gaps.js';
import type { BundleReading, BundleSource, Orchestrator, RunStore } from './ports.js';
import { askingSchema, readRunFile } from './run-files.js';

/** Where an audit keeps what support bundles said. */
const BUNDLES = 'bundles/';
/** The names of those to read, in parts. */
const LIST = 'bundle-list.json';
/** Bundles of one step. House choice: each takes about a second. */
const PER_STEP = 10;
/** Nodes that one line names before it counts the rest. House choice. */
const MOST_NAMES = 5;

const listSchema = v.array(v.array(v.string()));

const readingsSchema: v.GenericSchema<unknown, BundleReading[]> = v.array(
  v.object({
    name: v.string(),
    instanceId: v.string(),
    text: v.string(),
    takenAt: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
    lacks: v.array(v.string()),
    notes: v.array(v.string()),
  }),
);

/**
 * Reads the bundles that may tell of nodes which cannot be asked, a few in a step, and keeps what they say. Returns how
 * many there are.
 */
export async function readBundles(
  { store, bundles }: Pick<AskDeps, 'store' | 'bundles'>,
  orchestrator: Orchestrator,
): Promise<void> {
  if (bundles === undefined) return;
  const parts = await orchestrator.step('list-bundles', () => listed(store, bundles));
  const numbers = Array.from({ length: parts }, (_, at) => at);
  await orchestrator.map('bundles', numbers, (at, inner) =>
    inner.step('read-bundles', () => readPart(store, bundles, at)),
  );
}

/** How many parts there are to read. */
async function listed(store: RunStore, source: BundleSource): Promise<number> {
  const { silent } = await readRunFile(store, 'asking.json', askingSchema);
  const ids = new Set(silent.map(({ instanceId }) => instanceId));
  const { names, gaps = [] } = await source.list(ids);
  const parts = batches(names, PER_STEP);
  await store.put(LIST, parts);
  await keepGaps(store, 'gaps/bundles.json', gaps);
  return parts.length;
}

/** How many of them could be read. */
async function readPart(store: RunStore, source: BundleSource, at: number): Promise<number> {
  const parts = await readRunFile(store, LIST, listSchema);
  const { readings, gaps = [] } = await source.read(parts[at] ?? []);
  const number = String(at).padStart(5, '0');
  await store.put(`${BUNDLES}${number}.json`, readings);
  await keepGaps(store, `gaps/bundles-${number}.json`, gaps);
  return readings.length;
}

/**
 * Fills in the facts of nodes that did not answer from their bundles, and gives what people should know about them. A
 * node that answered is known better than by what was kept of it before.
 */
export async function hearBundles(
  store: RunStore,
  facts: Map<string, NodeFacts>,
  discovered: ReadonlySet<string>,
  startedAt: string,
): Promise<string[]> {
  const used: BundleReading[] = [];
  const strange: BundleReading[] = [];
  for (const reading of await newestOf(store)) {
    const { instanceId } = reading;
    if (!discovered.has(instanceId)) strange.push(reading);
    else if (!facts.has(instanceId) && hear(reading, facts)) used.push(reading);
  }
  return [...usedNotes(used, startedAt), ...strangeNotes(strange)];
}

/** Of each node the newest. */
async function newestOf(store: RunStore): Promise<BundleReading[]> {
  const all: BundleReading[] = [];
  for (const key of await store.keys(BUNDLES)) {
    all.push(...(await readRunFile(store, key, readingsSchema)));
  }
  const byNode = groupBy(all, ({ instanceId }) => instanceId);
  return [...byNode.values()].flatMap((group) => [...group].sort(newestFirst).slice(0, 1));
}

function newestFirst({ takenAt: one = '' }: BundleReading, { takenAt: other = '' }: BundleReading) {
  return one < other ? 1 : one > other ? -1 : 0;
}

function hear({ instanceId, text }: BundleReading, facts: Map<string, NodeFacts>): boolean {
  const read = parseAnswer(text);
  if (read !== undefined) facts.set(instanceId, read);
  return read !== undefined;
}

/** A line for all bundles that lack the same. */
function usedNotes(used: readonly BundleReading[], startedAt: string): string[] {
  const alike = groupBy(used, ({ lacks }) => lacks.join('; '));
  const lines = [...alike].map(([lacks, group]) => {
    const names = namesOf(group.map(({ instanceId }) => instanceId));
    return `${plural(group.length, 'node')} read from a support bundle, ${ageOf(group, startedAt)}: ${names}; no word there of ${lacks}`;
  });
  const more = used.flatMap(({ name, notes }) => notes.map((note) => `bundle ${name}: ${note}`));
  return [...lines, ...more];
}

/** How old the oldest is. */
function ageOf(group: readonly BundleReading[], startedAt: string): string {
  const times = group.flatMap(({ takenAt }) => (takenAt === undefined ? [] : Date.parse(takenAt)));
  if (times.length < group.length) return 'taken at a time that is not known';
  const seconds = Math.max(0, (Date.parse(startedAt) - Math.min(...times)) / 1_000);
  return `taken ${ago(seconds)}${group.length > 1 ? ' or later' : ''}`;
}

function strangeNotes(strange: readonly BundleReading[]): string[] {
  if (strange.length === 0) return [];
  const names = namesOf(strange.map(({ instanceId }) => instanceId));
  return [`${plural(strange.length, 'support bundle')} of no node of this fleet: ${names}`];
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length > MOST_NAMES ? ` and ${ids.length - MOST_NAMES} more` : '';
  return `${ids.slice(0, MOST_NAMES).join(', ')}${more}`;
}
