import { count, percent, plural } from '../text/format.js';
import type { Drops } from '../history/drops-by-group.js';
import type { LimitChange } from '../history/limit-changes.js';
import type { AuditedPlace } from '../history/question.js';
import type { Period } from '../history/days.js';
import type { WorstNode } from '../history/worst-nodes.js';
import { cut } from './cut.js';
import { printedLines, type Line, type Printed } from './lines.js';

/** The history behind an answer. */
export interface Asked extends Period {
  /** Files, and lines in them. */
  readonly audits: number;
  readonly records: number;
}

/** How many changes are shown to people. A house choice: one screen. */
const SHOWN = 30;

const titles = {
  worst: 'worst nodes',
  limits: 'changed limits',
  drops: 'drops by node group',
} as const;

/** An answer for people, under the question and the history behind it. */
export function historyText(
  question: keyof typeof titles,
  asked: Asked,
  answer: readonly Line[],
): Printed {
  return printedLines([headText(question, asked), '', ...answer]);
}

function headText(question: keyof typeof titles, asked: Asked): string {
  const { from, to, audits, records } = asked;
  return `${titles[question]}, ${from} to ${to}: ${plural(audits, 'audit')}, ${plural(records, 'record')} of a node`;
}

/** One line for each node. */
export function worstText(nodes: readonly WorstNode[]): string[] {
  if (nodes.length === 0) return ['no node was read'];
  const name = named(nodes);
  return table(
    ['dropped', 'peak', 'mean', 'peak entries', 'peak read at', 'silent', 'node'],
    nodes.map((node) => [
      count(node.packets_dropped),
      percent(node.peak_usage),
      percent(node.mean_usage),
      `${count(node.entries)} of ${count(node.max)}`,
      minute(node.peak_at),
      count(node.silent),
      `${cut(node.instance_id, 60)} (${cut(node.instance_type, 60)})  ${name(node)}`,
    ]),
  );
}

/** One line for each change of a node group. */
export function limitsText(changes: readonly LimitChange[]): string[] {
  if (changes.length === 0) return ['no limit changed between two readings of a node'];
  const name = named(changes);
  const shown = changes
    .slice(0, SHOWN)
    .map((change) => [
      minute(change.at),
      count(change.was),
      count(change.max),
      change.expected_max === undefined ? 'unknown' : count(change.expected_max),
      count(change.nodes),
      `${name(change)}  ${some(change.instance_ids)}`,
    ]);
  const left = changes.length - shown.length;
  const more = left > 0 ? [`and ${plural(left, 'earlier change')}: --json has all`] : [];
  return [...table(['read at', 'was', 'is', 'expected', 'nodes', 'node group'], shown), ...more];
}

/** One line for each node group with a full table at some time, and the number of unknown records. */
export function dropsText({ groups, unknown }: Drops): string[] {
  const blind =
    unknown === 0
      ? []
      : [
          `${plural(unknown, 'record')} cannot tell: first sight of a node, or of one that was booted`,
        ];
  if (groups.length === 0) return ['no node is known to have dropped or evicted', ...blind];
  const name = named(groups);
  const rows = groups.map((one) => [
    count(one.packets_dropped),
    count(one.entries_evicted),
    `${count(one.dropping_nodes)} of ${count(one.nodes)}`,
    minute(one.first_drop),
    minute(one.last_drop),
    name(one),
  ]);
  const head = ['dropped', 'evicted', 'nodes dropping', 'first seen', 'last seen', 'node group'];
  return [...table(head, rows), ...blind];
}

interface Named extends AuditedPlace {
  readonly cluster: string;
  readonly node_group: string;
}

/** How node groups are named: with their account and Region where an answer is about several. */
function named(all: readonly Named[]): (one: Named) => string {
  const several = new Set(all.map(placeText)).size > 1;
  return (one) => (several ? `${placeText(one)}: ${group(one)}` : group(one));
}

function placeText({ account, region }: AuditedPlace): string {
  return [account, region].filter((one) => one !== undefined).join(' ');
}

function group({ cluster, node_group }: Named): string {
  return `${cut(cluster, 200)} / ${cut(node_group, 200)}`;
}

/** `2026-11-23 08:36`, UTC. */
function minute(at = '-'): string {
  return at.slice(0, 16).replace('T', ' ');
}

function some([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${count(others.length)} more`;
}

/** Columns under their heads, to the right; the last one to the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, at) => (at === head.length - 1 ? cell : cell.padStart(widths[at] ?? 0))),
    )
    .map((line) => line.join('  '));
}
