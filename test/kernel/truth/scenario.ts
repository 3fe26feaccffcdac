import { setTimeout } from 'node:timers/promises';
import type { Weighed } from '../../../lib/core/judge/remedy.js';
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
      await lab.begin(work);
      await settled(lives[0]);
      const before = await node.entries();
      const prediction = predict(remedy, await node.probe());

      await lab.calm();
      await change.apply(node, prediction.weighed);
      await lab.begin(work);
      await settled(lives[1]);
      return rowOf(change, before, prediction, await node.entries());
    });
  return { remedy, scenario, measure };
}
