import { object } from '../node/parse/fields.js';
import type { NodeIdentity, NodeReading } from './question.js';

/** The records of one file: those at the same place belong together. */
export interface HistoryRecords {
  readonly nodes: readonly NodeIdentity[];
  readonly readings: readonly NodeReading[];
  /** ISO 8601, UTC: when the audit of each record began. */
  readonly at: readonly string[];
}

const LAST_OF_IDENTITY = '"instance_type":"';

/** A node as its text in a line, and the one that stood behind it in the last file. */
interface Known {
  readonly text: string;
  readonly node: NodeIdentity;
  next?: Known;
}

/** The nodes that were met so far, by their texts; what stands at the top of a file comes `next`. */
interface Memory {
  readonly byText: Map<string, Known>;
  readonly top: Known;
}

/**
 * A reader of history for many files in a row. It fails on a line that is no record.
 *
 * Most of a line is the same in every audit: the run, and who the node is. So a file whose lines are
 * as `historyText` writes them is cut there: a node is parsed when it is first met, looked for where
 * it stood in the last file, and the rest of all lines is parsed as one array. That takes half the
 * time of parsing line by line, which is what any other file gets.
 */
export function historyReader(): (text: string) => HistoryRecords {
  const nobody = { cluster: '', node_group: '', instance_id: '', instance_type: '' };
  const memory: Memory = { byText: new Map(), top: { text: '', node: nobody } };
  return (text) => asWritten(text, memory) ?? lineByLine(text);
}

/** Nothing where any line is not as `historyText` writes it. */
function asWritten(text: string, memory: Memory): HistoryRecords | undefined {
  const head = text.slice(0, text.indexOf('"cluster":'));
  const at = recordOf(`${head}"cluster":""}`)?.['at'];
  if (typeof at !== 'string') return undefined;
  const nodes: NodeIdentity[] = [];
  const rests: string[] = [];
  let before: Known = memory.top;
  for (let start = 0; start < text.length;) {
    const known = holds(text, start, head)
      ? knownAt(text, start + head.length, memory, before)
      : undefined;
    if (known === undefined) return undefined;
    const cut = start + head.length + known.text.length;
    const end = text.indexOf('\n', cut);
    if (end < 0) return undefined;
    nodes.push(known.node);
    rests.push(text.slice(text.charAt(cut) === ',' ? cut + 1 : cut, end));
    before.next = known;
    before = known;
    start = end + 1;
  }
  const readings = parsed(`[{${rests.join(',{')}]`);
  if (!areReadings(readings) || readings.length !== nodes.length) return undefined;
  return { nodes, readings, at: nodes.map(() => at) };
}

/** Whether the words stand there. Two flat texts compare faster than `startsWith` does. */
function holds(text: string, start: number, words: string): boolean {
  return text.slice(start, start + words.length) === words;
}

/** The node whose text begins here: most often the one that stood here in the last file. */
function knownAt(
  text: string,
  start: number,
  { byText }: Memory,
  { next }: Known,
): Known | undefined {
  if (next !== undefined && holds(text, start, next.text)) return next;
  const type = text.indexOf(LAST_OF_IDENTITY, start);
  const quote = type < 0 ? -1 : text.indexOf('"', type + LAST_OF_IDENTITY.length);
  const own = text.slice(start, quote + 1);
  const known = byText.get(own);
  if (known !== undefined) return known;
  const node = identityOf(recordOf(`{${own}}`));
  // A text of its own: a piece of the file's would keep the whole file in memory.
  const met = node && { text: JSON.stringify(node).slice(1, -1), node };
  if (met?.text !== own) return undefined;
  byText.set(met.text, met);
  return met;
}

function lineByLine(text: string): HistoryRecords {
  const lines = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  const records = lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const record = recordOf(line);
      const node = identityOf(record);
      const at = record?.['at'];
      if (node === undefined || typeof at !== 'string' || !isReading(record)) {
        throw new Error(`line ${number} is no record of a node in an audit`);
      }
      return { node, reading: record, at };
    });
  return {
    nodes: records.map(({ node }) => node),
    readings: records.map(({ reading }) => reading),
    at: records.map(({ at }) => at),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(text: string): Readonly<Record<string, unknown>> | undefined {
  return object(parsed(text));
}

function identityOf(record: Readonly<Record<string, unknown>> = {}): NodeIdentity | undefined {
  const { cluster, node_group, instance_id, instance_type } = record;
  if (typeof cluster !== 'string' || typeof node_group !== 'string') return undefined;
  if (typeof instance_id !== 'string' || typeof instance_type !== 'string') return undefined;
  return { cluster, node_group, instance_id, instance_type };
}

const amounts = ['entries', 'max', 'expected_max', 'drops', 'early_drops'] as const;

function areReadings(value: unknown): value is readonly NodeReading[] {
  return Array.isArray(value) && value.every(isReading);
}

/** What questions count with is 0 or more, or absent; and no table has a limit of 0. */
function isReading(value: unknown): value is NodeReading {
  const reading = value as Readonly<Record<string, unknown>>;
  return reading['max'] !== 0 && amounts.every((name) => isAmount(reading[name]));
}

function isAmount(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0);
}
