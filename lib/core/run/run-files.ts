import type { Fleet } from '../node/fleet.js';
import type { Invocation, RunStore } from './ports.js';
import type { SilentNode } from '../node/silent-node.js';

/**
 * What an audit keeps in its run store, file by file. A saved run is all that a later judgement
 * needs, so the shapes carry a version.
 */
export const RUN_SCHEMA_VERSION = 1;

/** `run.json`: which audit this is. */
export interface RunFile {
  readonly schemaVersion: typeof RUN_SCHEMA_VERSION;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** `asking.json`: who is asked, in batches of one command each, and who cannot be. */
export interface AskingFile {
  readonly batches: readonly (readonly string[])[];
  readonly silent: readonly SilentNode[];
  /**
   * Nodes of Bottlerocket, as Systems Manager knows them: what runs there finds the files of a container,
   * whose release may name another system. Absent in runs of older versions.
   */
  readonly bottlerocket?: readonly { readonly instanceId: string; readonly version?: string }[];
}

/** `commands/<n>.json`: what became of one batch. */
export interface CommandFile {
  readonly commandId?: string;
  readonly instanceIds: readonly string[];
  readonly refused: readonly string[];
}

/** `answers/<n>.json`: what the nodes of one batch said. */
export type AnswersFile = readonly Invocation[];

/** The name of the n-th file of a kind; they sort as they count. */
export function numbered(kind: 'commands' | 'answers', at: number): string {
  return `${kind}/${String(at).padStart(5, '0')}.json`;
}

/** Reads one file as what this version of the program wrote there. */
export async function readFile<T>(store: RunStore, key: string): Promise<T> {
  return (await store.get(key)) as T;
}

/** Reads which audit a store holds; fails when it is not one that this program can judge. */
export async function readRun(store: RunStore): Promise<RunFile> {
  const run = await readFile<Partial<RunFile> | null>(store, 'run.json');
  if (run?.schemaVersion !== RUN_SCHEMA_VERSION) {
    throw new Error(
      `cannot judge ${store.location}: its run.json has schemaVersion ${String(run?.schemaVersion)}, and this program reads ${RUN_SCHEMA_VERSION}`,
    );
  }
  const { schemaVersion, runId, startedAt } = run;
  if (typeof runId !== 'string' || typeof startedAt !== 'string') {
    throw new Error(`cannot judge ${store.location}: its run.json names no run`);
  }
  return { schemaVersion, runId, startedAt };
}

/** `fleet.json`. */
export function readFleet(store: RunStore): Promise<Fleet> {
  return readFile<Fleet>(store, 'fleet.json');
}
