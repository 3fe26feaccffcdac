import type { Digest, MutedFinding } from '../ledger/digest.js';
import type { Assessment, Finding } from '../judge/finding.js';
import { present } from '../text/present.js';
import type { Transition } from '../ledger/transition.js';
import { fitting } from './cut.js';
import { recommendationOf } from './recommendation.js';

/** A finding for machines, with its recommended remedy. */
export interface MachineFinding extends Omit<Finding, 'remedies'> {
  /** How many nodes have it; in a cut message, more than `nodes` lists. */
  readonly nodeCount: number;
  readonly recommendation?: Assessment;
}

/** The message for machines. Its published form is `schema/digest.v1.schema.json`. */
export interface MachineDigest extends Omit<Digest, 'transitions'> {
  readonly transitions: readonly (Omit<Transition, 'finding'> & {
    readonly finding: MachineFinding;
  })[];
  /** True: the message was cut; `complete` says where all is, and `omitted` how much is missing. */
  readonly truncated?: true;
  readonly complete?: string;
  readonly omitted?: Readonly<Record<Cuttable, number>> & { readonly gaps?: number };
}

type Cuttable = 'clusters' | 'transitions' | 'silenced' | 'notes';

/** Worst nodes that a finding keeps in a cut message. A house choice. */
const NODES_KEPT = 10;
/** Bytes of the other lists in a cut message, so that changes keep most of it. House choices. */
const CLUSTERS_ROOM = 16_384;
const MUTED_ROOM = 32_768;
const NOTES_ROOM = 8_192;
const GAPS_ROOM = 8_192;

/** A whole digest for machines. Names are raw: make them safe before you show them. */
export function machineDigest(digest: Digest): MachineDigest {
  const { schemaVersion, runId, startedAt, region, clusters, nodes, open, test } = digest;
  const { account, gaps, links, plan, nodeGroups, first } = digest;
  return {
    schemaVersion,
    runId,
    startedAt,
    region,
    ...present({ account }),
    clusters,
    nodes,
    open,
    transitions: digest.transitions.map(({ finding, ...rest }) => ({
      ...rest,
      finding: machineFinding(finding),
    })),
    ...present({ plan, nodeGroups }),
    silenced: digest.silenced,
    notes: digest.notes,
    ...present({ gaps }),
    location: digest.location,
    ...present({ links, first, test }),
  };
}

function machineFinding({ remedies, nodes, ...finding }: Finding): MachineFinding {
  const recommendation = recommendationOf({ remedies });
  return { ...finding, nodeCount: nodes.length, nodes, ...present({ recommendation }) };
}

/**
 * JSON in printable ASCII, on one line: no transport changes or refuses it, and its length is its size in
 * bytes. Replaces halves of characters, which not every reader takes.
 */
export function asciiJson(value: unknown): string {
  const wellFormed = (_: string, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed() : item;
  return JSON.stringify(value, wellFormed).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Bytes that text in ASCII takes within a string of JSON. */
export function sizeWithin(text: string): number {
  return JSON.stringify(text).length - 2;
}

/** Bytes that a value takes as JSON within a string of JSON. */
export function nestedSize(value: unknown): number {
  return sizeWithin(asciiJson(value));
}

/** The same of an item of a list, with the comma after it. */
function itemSize(value: unknown): number {
  return nestedSize(value) + 1;
}

/**
 * The part of a digest that fits into `room` bytes within a string of JSON: the worst changes, each with its
 * worst nodes, and the first of everything else.
 */
export function machineDigestWithin(
  whole: MachineDigest,
  room: number,
  complete: string,
): MachineDigest {
  const clusters = fitting(whole.clusters, CLUSTERS_ROOM, itemSize);
  const silenced: MutedFinding[] = fitting(whole.silenced, MUTED_ROOM, itemSize);
  const notes = fitting(whole.notes, NOTES_ROOM, itemSize);
  const gaps = whole.gaps && fitting(whole.gaps, GAPS_ROOM, itemSize);
  const cut = (transitions: MachineDigest['transitions']): MachineDigest => ({
    ...whole,
    clusters,
    transitions,
    silenced,
    notes,
    ...present({ gaps }),
    truncated: true,
    complete,
    omitted: {
      clusters: whole.clusters.length - clusters.length,
      transitions: whole.transitions.length - transitions.length,
      silenced: whole.silenced.length - silenced.length,
      notes: whole.notes.length - notes.length,
      ...present({ gaps: whole.gaps && whole.gaps.length - (gaps?.length ?? 0) }),
    },
  });
  const short = whole.transitions.map(({ finding, ...rest }) => ({
    ...rest,
    finding: { ...finding, nodes: finding.nodes.slice(0, NODES_KEPT) },
  }));
  return cut(fitting(short, room - nestedSize(cut([])), itemSize));
}
