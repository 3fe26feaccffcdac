import type { NodeFacts } from '../../node/snapshot.js';
import { marks } from './group-rows.js';
import { dataElement, type Html } from './html.js';
import type { NodeRow } from './node-rows.js';
import { findingsText, PAGE_ROWS } from './node-table.js';

/** Characters of raw facts in a page: those of the worst nodes. With all else a page stays under 3 MB. */
const FACTS_ROOM = 900_000;

/** The nodes for the script: texts that repeat are kept once, and a node names them by number. */
export function nodeData(rows: readonly NodeRow[]): Html {
  const texts = new Numbered<string>();
  const values = new Numbered<unknown>();
  let room = FACTS_ROOM;
  const nodes = rows.map((row) => {
    const { node, mark, entries = null, max = null, facts } = row;
    const before = values.written;
    const packed = facts !== undefined && room > 0 ? packedFacts(facts, texts, values) : null;
    room -= values.written - before;
    const { instanceId, instanceType, cluster, nodeGroup } = node;
    const named = [instanceType, cluster, nodeGroup, findingsText(row)].map((one) => texts.at(one));
    return [instanceId, ...named, entries, max, marks.indexOf(mark), packed];
  });
  const data = { page: PAGE_ROWS, marks, texts: texts.all, values: values.all, nodes };
  return dataElement(data);
}

/** Pairs of numbers: which fact, and which of its values. What is said twice is left out. */
function packedFacts(
  facts: NodeFacts,
  texts: Numbered<string>,
  values: Numbered<unknown>,
): number[] {
  return Object.entries(facts).flatMap(([name, value]) => [texts.at(name), values.at(value)]);
}

/** Each different value once, by its number. */
class Numbered<T> {
  readonly all: T[] = [];
  /** Characters of all of them as JSON. */
  written = 0;
  private readonly numbers = new Map<string, number>();

  at(value: T): number {
    const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.all.length);
    this.written += text.length;
    return this.all.push(value) - 1;
  }
}
