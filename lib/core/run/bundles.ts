import * as v from 'valibot';
import { ago } from '../text/ago.js';
import { plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { parseAnswer } from '../node/parse/answer.js';
import type { NodeFacts } from '../node/snapshot.js';
import { keepGaps } from './kept-gaps.js';
import type { BundleReading, BundleSource, RunStore } from './ports.js';
import { readRunFile } from './run-files.js';

/** Where an audit keeps what support bundles said. */
const BUNDLES = 'bundles/';
/** Readings of one file. */
const PER_FILE = 50;
/** Nodes that one line names before it counts the rest. House choice. */
const MOST_NAMES = 5;

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

/** Reads the bundles that there are, and keeps the newest of each node. Returns of how many nodes there is one. */
export async function keepBundles(store: RunStore, source: BundleSource): Promise<number> {
  const { readings, gaps = [] } = await source.read();
  const byNode = groupBy(readings, ({ instanceId }) => instanceId);
  const newest = [...byNode.values()].flatMap((all) => [...all].sort(newestFirst).slice(0, 1));
  for (let at = 0; at * PER_FILE < newest.length; at += 1) {
    const part = newest.slice(at * PER_FILE, (at + 1) * PER_FILE);
    await store.put(`${BUNDLES}${String(at).padStart(5, '0')}.json`, part);
  }
  await keepGaps(store, 'gaps/bundles.json', gaps);
  return newest.length;
}

function newestFirst({ takenAt: one = '' }: BundleReading, { takenAt: other = '' }: BundleReading) {
  return one < other ? 1 : one > other ? -1 : 0;
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
  for (const key of await store.keys(BUNDLES)) {
    for (const reading of await readRunFile(store, key, readingsSchema)) {
      const { instanceId } = reading;
      if (!discovered.has(instanceId)) strange.push(reading);
      else if (!facts.has(instanceId) && hear(reading, facts)) used.push(reading);
    }
  }
  return [...usedNotes(used, startedAt), ...strangeNotes(strange)];
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
