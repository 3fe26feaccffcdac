import * as v from 'valibot';
import type { Place } from './part.js';
import { PART_SCHEMA_VERSION, type PartRecord } from './part.js';
import { severities } from '../judge/severity.js';
import { parsed } from '../text/parsed.js';

/** Where the newest record of each account and Region is, in the bucket of a hub. */
export const PARTS_PREFIX = 'audits/';

/** What a hub is told of a run, among the files of the run. */
export const PART_FILE = 'part.json';

/** The key of the newest record of a place: `audits/111122223333/eu-west-1.json`. One put writes over the one before. */
export function partKey({ account, region }: Pick<Place, 'account' | 'region'>): string {
  return `${PARTS_PREFIX}${account}/${region}.json`;
}

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(1_000));
const counts = v.object({ critical: amount, warning: amount, notice: amount });
const share = v.pipe(v.number(), v.minValue(0));

const effect = v.object({
  instanceType: v.exactOptional(text),
  limit: v.exactOptional(amount),
  usage: v.exactOptional(share),
  bound: v.exactOptional(v.picklist(['at most', 'at least'])),
  usageMargin: v.exactOptional(share),
});

const command = v.variant('name', [
  v.object({
    name: v.literal('fix'),
    remedy: text,
    limit: v.exactOptional(amount),
    cluster: v.exactOptional(text),
    asksDnsAddress: v.exactOptional(v.literal(true)),
  }),
  v.object({ name: v.literal('node') }),
]);

const partCase = v.object({
  cluster: text,
  nodeGroup: text,
  severity: v.picklist(severities),
  nodes: amount,
  affected: amount,
  worst: v.exactOptional(
    v.object({
      instanceId: text,
      instanceType: text,
      entries: amount,
      max: v.pipe(amount, v.minValue(1)),
    }),
  ),
  signs: v.pipe(v.array(text), v.maxLength(50)),
  summary: text,
});

const partAction = v.object({
  id: text,
  remedy: text,
  title: text,
  cluster: text,
  settles: counts,
  nodes: amount,
  effect: v.exactOptional(v.object({ nodeGroup: text, before: effect, after: effect })),
  command: v.exactOptional(command),
});

/** A record as another program, and perhaps a newer one, has written it. What is unknown in it is left out. */
const schema = v.object({
  schemaVersion: v.literal(PART_SCHEMA_VERSION),
  runId: text,
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  account: v.object({ id: v.pipe(v.string(), v.regex(/^\d{12}$/)), alias: v.exactOptional(text) }),
  region: v.pipe(v.string(), v.regex(/^[a-z0-9-]{3,40}$/)),
  clusters: amount,
  nodes: v.object({ discovered: amount, read: amount, silent: amount }),
  findings: counts,
  gaps: amount,
  cases: v.pipe(v.array(partCase), v.maxLength(100)),
  moreCases: amount,
  actions: v.pipe(v.array(partAction), v.maxLength(100)),
  moreActions: amount,
  location: text,
  cadenceSeconds: v.exactOptional(amount),
});

/**
 * Reads a record of a place. Fails on what is none, and on one that says it is of another account or Region: whoever
 * may write under one key may not speak for others.
 */
export function readPartRecord(text: string, key: string): PartRecord {
  const record: PartRecord = parsed(schema, JSON.parse(text), { name: key });
  const own = partKey({ account: record.account.id, region: record.region });
  if (own === key) return record;
  throw new Error(`${key}: the record should be of this account and Region, got that of ${own}`);
}
