import { object } from '../node/parse/fields.js';
import type { AuditedPlace, NodeIdentity, NodeReading } from './question.js';

/** The records of one file as columns: values at the same place belong together. */
export interface HistoryRecords {
  readonly nodes: readonly NodeIdentity[];
  readonly readings: readonly NodeReading[];
  /** ISO 8601, UTC: when the audit of each record began. */
  readonly at: readonly string[];
}

/**
 * Reads the records of one file, a line of JSON each. Fails on a line that is no record. `place`: where its audit was.
 */
export function readHistory(text: string, place: AuditedPlace = {}): HistoryRecords {
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
      return { node: { ...node, ...place }, reading: record, at };
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

/** Numbers in questions are 0 or more, or absent, and no table has a limit of 0. */
function isReading(value: unknown): value is NodeReading {
  const reading = value as Readonly<Record<string, unknown>>;
  return reading['max'] !== 0 && amounts.every((name) => isAmount(reading[name]));
}

function isAmount(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0);
}
