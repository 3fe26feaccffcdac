import { object } from '../node/parse/fields.js';
import { LONGEST_TEXT, MOST_FINDINGS, MOST_KEYS, MOST_NODES } from './bounds.js';
import { readFinding, readNode, readPromised, readStanding, readTrouble } from './entries.js';
import { LEDGER_SCHEMA_VERSION, type Ledger } from './ledger.js';
import { text as isText, time, wholeFrom } from './shape.js';

/** The result of reading a ledger store's text. */
export type LedgerReading =
  | { readonly kind: 'absent' }
  /** `dropped`: damaged entries, left out one by one. */
  | { readonly kind: 'known'; readonly ledger: Ledger; readonly dropped: number }
  | { readonly kind: 'damaged'; readonly why: string }
  /** A newer program wrote it: do not read or overwrite it. */
  | { readonly kind: 'newer'; readonly schemaVersion: number };

type Document = Readonly<Record<string, unknown>>;

/** By the version that it reads: turns a document into one of the next version. */
export type Migrations = Readonly<Record<number, (document: Document) => Document>>;

/** None yet: programs write the first version. */
const migrations: Migrations = {};

/**
 * Reads the one document of an account and Region. A document that cannot be read is damaged; an entry
 * that cannot be read is left out and counted.
 */
export function readLedger(text: string | undefined, steps = migrations): LedgerReading {
  if (text === undefined) return { kind: 'absent' };
  if (text.length > LONGEST_TEXT) return damaged(`it has ${text.length} characters`);
  const document = object(parsed(text));
  if (document === undefined) return damaged('it is no JSON object, or only the beginning of one');
  const version = document['schemaVersion'];
  if (!wholeFrom(0)(version)) return damaged('it has no schemaVersion');
  const from = Number(version);
  if (from > LEDGER_SCHEMA_VERSION) return { kind: 'newer', schemaVersion: from };
  const migrated = migrate(document, from, steps);
  if (migrated === undefined) return damaged(`no program wrote schemaVersion ${from}`);
  return readDocument(migrated);
}

function damaged(why: string): LedgerReading {
  return { kind: 'damaged', why };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function migrate(document: Document, from: number, steps: Migrations): Document | undefined {
  let migrated: Document | undefined = document;
  for (let version = from; version < LEDGER_SCHEMA_VERSION; version += 1) {
    migrated = migrated && steps[version]?.(migrated);
  }
  return migrated;
}

function readDocument(document: Document): LedgerReading {
  const { region, runId, auditedAt, outbox = [] } = document;
  const parts = ['nodes', 'findings', 'channels', 'standing'].map((key) => partOf(document, key));
  const [nodes, findings, channels, standing] = parts;
  if (!isText(region) || !isText(runId) || !time(auditedAt)) {
    return damaged('it does not say which audit wrote it');
  }
  if (parts.includes(undefined) || !Array.isArray(outbox)) {
    return damaged('it holds no nodes, no findings, or something of another shape');
  }
  const readNodes = readEntries(nodes, MOST_NODES, readNode);
  const readFindings = readEntries(findings, MOST_FINDINGS, readFinding);
  const troubles = readEntries(channels, MOST_KEYS, readTrouble);
  const stands = readEntries(standing, MOST_KEYS, readStanding);
  const promised = outbox.flatMap((one) => readPromised(one) ?? []);
  const ledger: Ledger = {
    schemaVersion: LEDGER_SCHEMA_VERSION,
    region: String(region),
    runId: String(runId),
    auditedAt: String(auditedAt),
    nodes: readNodes.entries,
    findings: readFindings.entries,
    ...(promised.length > 0 && { outbox: promised }),
    ...(document['cut'] === true && { cut: true }),
    ...filled({ channels: troubles.entries, standing: stands.entries }),
  };
  const dropped = [readNodes, readFindings, troubles, stands].reduce(
    (sum, one) => sum + one.dropped,
    outbox.length - promised.length,
  );
  return { kind: 'known', ledger, dropped };
}

/** An object of the document. Ledgers that need no channels, and nothing that stands, have no key for it. */
function partOf(document: Document, key: string): Document | undefined {
  const isOptional = key === 'channels' || key === 'standing';
  return object(isOptional ? (document[key] ?? {}) : document[key]);
}

/** Without the empty objects: what a ledger does not need has no key. */
function filled<T extends object>(parts: T): Partial<T> {
  const full = Object.entries(parts).filter(([, part]) => Object.keys(part as object).length > 0);
  return Object.fromEntries(full) as Partial<T>;
}

/** The sound entries, up to the allowed number. */
function readEntries<T>(
  values: Document | undefined,
  most: number,
  read: (value: unknown, key: string) => T | undefined,
): { entries: Record<string, T>; dropped: number } {
  const all = Object.entries(values ?? {});
  const sound = all.flatMap(([key, value]) => {
    const entry = read(value, key);
    return entry === undefined ? [] : [[key, entry] as const];
  });
  const kept = sound.slice(0, most);
  return { entries: Object.fromEntries(kept), dropped: all.length - kept.length };
}
