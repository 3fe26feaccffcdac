import { allowanceNames } from '../node/allowance.js';
import { DIGEST_SCHEMA_VERSION } from './digest.js';
import { severities } from '../judge/severity.js';
import { object } from '../node/parse/fields.js';
import { MOST_USAGES } from './bounds.js';
import type { ChannelTrouble, FindingMemory, NodeMemory, Owed, Promised } from './ledger.js';
import { listOf, mapOf, oneOf, optional, shaped, text, time, wholeFrom } from './shape.js';
import type { Check, Shape } from './shape.js';

const severity = oneOf(severities);

const nodeShape: Shape<NodeMemory> = {
  cluster: text,
  nodeGroup: text,
  readAt: time,
  bootId: optional(text),
  counters: mapOf(text, wholeFrom(0)),
  exceeded: mapOf(oneOf(allowanceNames), wholeFrom(0)),
  usage: listOf(isUsagePoint, 0, MOST_USAGES),
};

function isUsagePoint(value: unknown): boolean {
  if (!listOf(wholeFrom(0), 3, 3)(value)) return false;
  const [, , max] = value as number[];
  return wholeFrom(1)(max);
}

const worstShape: Shape<NonNullable<FindingMemory['worst']>> = {
  instanceId: text,
  entries: wholeFrom(0),
  max: wholeFrom(1),
};

const findingShape: Shape<FindingMemory> = {
  id: text,
  rule: text,
  title: text,
  cluster: text,
  nodeGroup: text,
  state: oneOf(['open', 'resolved']),
  severity,
  summary: text,
  nodes: listOf(text, 1),
  milder: optional(mapOf(text, severity)),
  unread: optional(listOf(text, 1)),
  worst: optional(of(worstShape)),
  firstSeen: time,
  lastSeen: time,
  lastTold: optional(time),
  clearFor: optional(wholeFrom(1)),
  resolvedAt: optional(time),
  reopened: optional(wholeFrom(1)),
  silencedUntil: optional(time),
};

const claimShape: Shape<NonNullable<Owed['claim']>> = { by: text, until: time };

const owedShape: Shape<Owed> = {
  left: optional(listOf(text, 1)),
  tries: optional(wholeFrom(1)),
  claim: optional(of(claimShape)),
};

const promisedShape: Shape<Promised> = {
  runId: text,
  promisedAt: time,
  digest: isDigest,
  owed: optional(mapOf(text, of(owedShape))),
};

const troubleShape: Shape<ChannelTrouble> = {
  since: time,
  error: text,
  lost: optional(wholeFrom(1)),
};

function of<T>(shape: Shape<T>): Check {
  return (value) => shaped(value, shape) !== undefined;
}

/** Checks the parts that telling needs; its findings come from the program that reads them. */
function isDigest(value: unknown): boolean {
  const { schemaVersion, runId, transitions, silenced, notes, plan } = object(value) ?? {};
  const lists = [transitions, silenced, notes, plan === undefined ? [] : object(plan)?.['actions']];
  return schemaVersion === DIGEST_SCHEMA_VERSION && text(runId) && lists.every(Array.isArray);
}

export function readNode(value: unknown): NodeMemory | undefined {
  return shaped(value, nodeShape);
}

/** A finding under its own id; a resolved one says when. */
export function readFinding(value: unknown, id: string): FindingMemory | undefined {
  const finding = shaped(value, findingShape);
  if (finding?.id !== id) return undefined;
  return finding.state === 'resolved' && finding.resolvedAt === undefined ? undefined : finding;
}

export function readPromised(value: unknown): Promised | undefined {
  return shaped(value, promisedShape);
}

export function readTrouble(value: unknown): ChannelTrouble | undefined {
  return shaped(value, troubleShape);
}

export function readStanding(value: unknown): number | undefined {
  return wholeFrom(1)(value) ? Number(value) : undefined;
}
