import type { Finding } from '../judge/finding.js';
import { isOver, type Transition, type TransitionKind } from '../ledger/transition.js';
import { plural } from '../text/format.js';
import { FIX_LOST } from './changes.js';
import { cut, cutWords, timeText } from './cut.js';
import type { ToldCase } from './told-cases.js';
import { tableText } from './tell-item.js';

/** How many nodes and changes of one case a message tells. House choices: the report has all. */
const NODES_TOLD = 3;
const SIGNS_TOLD = 5;
const NOTES_TOLD = 2;

/** One change of one finding, said of one node. */
export interface Sign {
  /** `new`, `resolved`: what became of it. */
  readonly label: string;
  readonly rule: string;
  /** What follows the rule: `: 107,500 of 131,072 entries are in use`. */
  readonly said: string;
}

/** A node, with all that is said of it. No number of another node stands here. */
export interface ToldNode {
  /** `i-0a (m5.large)`. Absent: it is said of no node. */
  readonly name?: string;
  /** `81% of 131,072 -> 41% of 262,144`. */
  readonly tables?: string;
  readonly signs: readonly Sign[];
}

/** A case in words, for mail and chat. */
export interface CaseText {
  /** `CRITICAL`, `WARNING, FIX LOST`, `RESOLVED`. */
  readonly head: string;
  readonly nodes: readonly ToldNode[];
  /** What was left out: `and 3 more nodes`. */
  readonly more?: string;
  readonly why?: string;
  readonly notes: readonly string[];
}

const labels: Readonly<Record<TransitionKind, string>> = {
  new: 'new',
  worse: 'worse',
  reopened: 'came back',
  reminded: 'reminder',
  unsilenced: 'mute over',
  better: 'better',
  resolved: 'resolved',
  left: 'left',
};

/** The words of a case, raw: each renderer makes them safe. */
export function caseText(told: ToldCase): CaseText {
  const signs = told.transitions.flatMap((one) => signsOf(one, told));
  const shown = withinLimits(signs);
  const ids = [...new Set(shown.map(({ id }) => id))];
  const more = moreText(told, shown);
  const why = told.transitions.find(({ kind, finding }) => !isOver(kind) && finding.why)?.finding
    .why;
  const notes = told.transitions.flatMap(({ note }) => note ?? []);
  return {
    head: headOf(told),
    nodes: ids.map((id) => toldNode(shown.filter((one) => one.id === id))),
    ...(more !== undefined && { more }),
    ...(why !== undefined && { why: cutWords(why, 400) }),
    notes: [...new Set(notes)].slice(0, NOTES_TOLD).map((note) => cutWords(note, 240)),
  };
}

/** `CRITICAL`, `WARNING, FIX LOST`, `RESOLVED`. */
export function headOf({ severity, isFixLost, transitions }: ToldCase): string {
  const isLeft = transitions.every(({ kind }) => kind === 'left');
  const over = isLeft ? 'no longer audited' : 'resolved';
  const lost = isFixLost ? [FIX_LOST] : [];
  const words = severity === undefined ? lost : [severity, ...lost];
  return (words.length === 0 ? [over] : words).join(', ').toUpperCase();
}

/** A sign, and the node of which it is said. */
interface NodeSign extends Sign {
  readonly id: string;
  /** Id of the finding. */
  readonly of: string;
  readonly name?: string;
  readonly tables?: string;
}

function signsOf(transition: Transition, told: ToldCase): NodeSign[] {
  const { kind, finding, before } = transition;
  const { nodes } = finding;
  const sign = { label: labelOf(transition), rule: cut(finding.rule, 60), of: finding.id };
  if (isOver(kind)) {
    const [first] = nodes;
    const id = before?.instanceId ?? first?.instanceId ?? '';
    const tables = tablesOf(transition);
    const said = `${wasText(transition, told)}${sinceText(transition)}${fullestText(transition)}`;
    return [{ ...sign, id, ...nameOf(id, nodes), said, ...(tables && { tables }) }];
  }
  const attributes = `${wasText(transition, told)}${sinceText(transition)}`;
  if (nodes.length === 0) {
    return [{ ...sign, id: '', said: `${attributes}: ${cutWords(finding.summary, 240)}` }];
  }
  return nodes.slice(0, NODES_TOLD).map(({ instanceId, summary }) => ({
    ...sign,
    id: instanceId,
    ...nameOf(instanceId, nodes),
    said: `${attributes}: ${cutWords(summary, 240)}`,
  }));
}

/** A newer program may have promised a kind that this one has no word for. */
function labelOf({ kind, fixLost }: Transition): string {
  if (fixLost === true && isOver(kind)) return 'over';
  return Object.hasOwn(labels, kind) ? labels[kind] : cut(kind, 40);
}

/** A gone node has no type that is known. */
function nameOf(id: string, nodes: Finding['nodes']): { readonly name?: string } {
  if (id === '') return {};
  const type = nodes.find(({ instanceId }) => instanceId === id)?.instanceType ?? 'unknown';
  const text = cutWords(id, 60);
  return { name: type === 'unknown' ? text : `${text} (${cutWords(type, 40)})` };
}

/** ` (was warning)`, ` (notice)`: what the head of the case does not say. */
function wasText({ kind, finding, was }: Transition, told: ToldCase): string {
  const { severity } = finding;
  if (isOver(kind)) return ` (was ${severity})`;
  const now = severity === told.severity ? [] : [severity];
  const before = was === undefined || was === severity ? [] : [`was ${was}`];
  const words = [...now, ...before];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function sinceText({ kind, since }: Transition): string {
  return kind === 'new' ? '' : `, since ${timeText(since)}`;
}

/** The table of this node, before and now. */
function tablesOf({ before, after }: Transition): string | undefined {
  if (before === undefined) return undefined;
  const isSame = after?.instanceId === before.instanceId;
  return isSame
    ? `${tableText(before)} -> ${tableText(after)}`
    : `${tableText(before)} when it was last read`;
}

/** Another node's table is said to be another node's. */
function fullestText({ before, after }: Transition): string {
  if (after === undefined || after.instanceId === before?.instanceId) return '';
  return `; the fullest of the node group is now ${cutWords(after.instanceId, 60)}, with ${tableText(after)}`;
}

/** The first signs, of not too many nodes. */
function withinLimits(signs: readonly NodeSign[]): NodeSign[] {
  const ids = [...new Set(signs.map(({ id }) => id))].slice(0, NODES_TOLD);
  return signs.filter(({ id }) => ids.includes(id)).slice(0, SIGNS_TOLD);
}

function toldNode(signs: readonly NodeSign[]): ToldNode {
  const [first] = signs;
  const tables = signs.find((one) => one.tables !== undefined)?.tables;
  return {
    ...(first?.name !== undefined && { name: first.name }),
    ...(tables !== undefined && { tables }),
    signs: signs.map(({ label, rule, said }) => ({ label, rule, said })),
  };
}

function moreText({ transitions }: ToldCase, shown: readonly NodeSign[]): string | undefined {
  const open = transitions.filter(({ kind }) => !isOver(kind));
  const ids = new Set(shown.map(({ id }) => id));
  const all = open.flatMap(({ finding }) => finding.nodes.map(({ instanceId }) => instanceId));
  const nodes = [...new Set(all)].filter((id) => !ids.has(id)).length;
  const told = new Set(shown.map(({ of }) => of));
  const findings = transitions.filter(({ finding }) => !told.has(finding.id)).length;
  const words = [
    ...(nodes === 0 ? [] : [plural(nodes, 'more node')]),
    ...(findings === 0 ? [] : [plural(findings, 'more change')]),
  ];
  return words.length === 0 ? undefined : `and ${words.join(' and ')}, in the whole report`;
}
