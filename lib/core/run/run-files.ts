import * as v from 'valibot';
import { silentReasons, type SilentNode, type SilentReason } from '../node/silent-node.js';
import { parsed } from '../text/parsed.js';
import type { Invocation, RunStore } from './ports.js';

/**
 * What an audit keeps in its run store, file by file, each with its schema. A later judgement needs nothing
 * but a saved run, so the shapes carry a version.
 */
export const RUN_SCHEMA_VERSION = 2;

const silentReason = v.picklist(Object.keys(silentReasons) as SilentReason[]);

const silentNode: v.GenericSchema<unknown, SilentNode> = v.object({
  instanceId: v.string(),
  cluster: v.string(),
  nodeGroup: v.string(),
  reason: silentReason,
});

/** `run.json`: which audit this is. */
export interface RunFile {
  readonly schemaVersion: typeof RUN_SCHEMA_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The version of the probe that the program brought which asked. Absent in runs of older versions. */
  readonly probe?: string;
}

const runSchema: v.GenericSchema<unknown, RunFile> = v.object({
  schemaVersion: v.literal(RUN_SCHEMA_VERSION),
  runId: v.string(),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  probe: v.exactOptional(v.string()),
});

/** `asking.json`: the nodes to ask, in batches of one command each, and the unreachable ones. */
export interface AskingFile {
  readonly batches: readonly (readonly string[])[];
  readonly silent: readonly SilentNode[];
  /**
   * Nodes of Bottlerocket, as Systems Manager knows them: what runs there finds the files of a container,
   * whose release may name another system. Absent in runs of older versions.
   */
  readonly bottlerocket?: readonly { readonly instanceId: string; readonly version?: string }[];
}

export const askingSchema: v.GenericSchema<unknown, AskingFile> = v.object({
  batches: v.array(v.array(v.string())),
  silent: v.array(silentNode),
  bottlerocket: v.exactOptional(
    v.array(v.object({ instanceId: v.string(), version: v.exactOptional(v.string()) })),
  ),
});

/** `commands/<n>.json`: what became of the batches of one step, of which n is the first. */
export interface CommandFile {
  readonly instanceIds: readonly string[];
  /** Absent in runs of older versions, which kept each batch by itself. */
  readonly sent?: readonly SentBatch[];
  readonly refused: readonly string[];
  readonly denied?: readonly string[];
  readonly unsent?: readonly string[];
}

/** One command that went out. */
export interface SentBatch {
  readonly commandId: string;
  /** How many of the file's `instanceIds` it went to; those of each command follow those of the one before. */
  readonly nodes: number;
}

export const commandSchema: v.GenericSchema<unknown, CommandFile> = v.object({
  instanceIds: v.array(v.string()),
  sent: v.exactOptional(v.array(v.object({ commandId: v.string(), nodes: v.number() }))),
  refused: v.array(v.string()),
  denied: v.exactOptional(v.array(v.string())),
  unsent: v.exactOptional(v.array(v.string())),
});

/** `answers/<n>.json`: the answers to the commands of one step; in runs of older versions, to one command. */
export type AnswersFile = readonly Invocation[];

export const answersSchema: v.GenericSchema<unknown, AnswersFile> = v.array(
  v.variant('status', [
    v.object({ instanceId: v.string(), status: v.literal('answered'), text: v.string() }),
    v.object({ instanceId: v.string(), status: v.literal('silent'), reason: silentReason }),
    v.object({ instanceId: v.string(), status: v.literal('running') }),
  ]),
);

/** The name of the n-th file of a kind; they sort as they count. */
export function numbered(
  kind: 'commands' | 'answers' | 'gaps/send' | 'gaps/read',
  at: number,
): string {
  return `${kind}/${String(at).padStart(5, '0')}.json`;
}

/** Where an audit keeps what the services would not tell after discovery: a file for each step that met it. */
export const GAPS = 'gaps/';

/** Reads one file by its schema. An error names the file and what is wrong in it. */
export async function readRunFile<T>(
  store: RunStore,
  key: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> {
  return parsed(schema, await store.get(key), { name: `${key} of ${store.location}` });
}

/** Reads which audit a store holds; fails if this program cannot judge it. */
export async function readRun(store: RunStore): Promise<RunFile> {
  const versioned = v.looseObject({ schemaVersion: v.number() });
  const { schemaVersion } = await readRunFile(store, 'run.json', versioned);
  if (schemaVersion !== RUN_SCHEMA_VERSION) {
    const made = schemaVersion < RUN_SCHEMA_VERSION ? 'an older' : 'a newer';
    throw new Error(
      `${store.location} was saved by ${made} program (schemaVersion ${schemaVersion}); this one reads ${RUN_SCHEMA_VERSION}: audit again with --save`,
    );
  }
  return readRunFile(store, 'run.json', runSchema);
}
