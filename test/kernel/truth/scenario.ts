import { setTimeout } from 'node:timers/promises';
import type { Weighed } from '../../../lib/core/judge/remedy.js';
import { FastClock } from './fast-clock.js';
import { Lab, type Work } from './lab.js';
import type { LabNode, Timeouts } from './lab-node.js';
import { predict, rowOf, type Row } from './row.js';

/** One remedy, held to what the kernel does in one situation. */
export interface Scenario {
  readonly remedy: string;
  readonly scenario: string;
  measure(): Promise<Row>;
}

/** Seconds beyond the longest timeout of a scenario until its entries come and go alike. */
const SETTLE = 3;

export async function settled(seconds: number): Promise<void> {
  await setTimeout((seconds + SETTLE) * 1_000);
}

/** A lab for one scenario, which is closed whatever happens in it. */
export async function inLab<T>(
  name: string,
  nodes: number,
  use: (lab: Lab) => Promise<T>,
): Promise<T> {
  const lab = new Lab(name);
  try {
    await lab.open(nodes);
    return await use(lab);
  } finally {
    await lab.close();
  }
}

/** The same work on one node, before a remedy and under it. */
export interface Change {
  /** Names the namespaces; short, and unlike those of others, as scenarios run side by side. */
  readonly lab: string;
  readonly remedy: string;
  readonly scenario: string;
  work(node: LabNode): Work;
  /** Where the node is not set as EKS sets it. */
  readonly set?: Timeouts;
  /** How many seconds of the node pass in one of the lab, for connections that idle. */
  readonly faster?: number;
  /** The longest that an entry of this work lives, in seconds, before and under the remedy. */
  readonly lives: readonly [before: number, after: number];
  apply(node: LabNode, weighed: Weighed | undefined): void | Promise<void>;
}

export function changed(change: Change): Scenario {
  const { remedy, scenario, lives } = change;
  const measure = () =>
    inLab(change.lab, 1, async (lab) => {
      const { node } = lab;
      if (change.set !== undefined) node.set(change.set);
      const work = change.work(node);
      const [before, prediction] = await steadily(change, lab, work, lives[0], async () => {
        const entries = await node.entries();
        return [entries, predict(remedy, await node.probe())] as const;
      });
      await lab.calm();
      await change.apply(node, prediction.weighed);
      const after = await steadily(change, lab, work, lives[1], () => node.entries());
      return rowOf(change, before, prediction, after);
    });
  return { remedy, scenario, measure };
}

/** Reads the steady state of this work. */
async function steadily<T>(
  { faster }: Change,
  lab: Lab,
  work: Work,
  seconds: number,
  read: () => Promise<T>,
): Promise<T> {
  await lab.begin(work);
  const clock = faster === undefined ? undefined : new FastClock(lab.node.network, faster);
  try {
    await settled(seconds);
    return await read();
  } finally {
    await clock?.stop();
  }
}
