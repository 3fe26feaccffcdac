import { setTimeout } from 'node:timers/promises';
import type { Lab } from './lab.js';
import { addresses, type Entries, type LabNode } from './lab-node.js';
import { program, type Load } from './pod.js';
import { predict, rowOf } from './row.js';
import { inLab, type Scenario } from './scenario.js';

const HELD = 150;
const PAUSE_MS = 1_000;
const REMEDY = 'spread-workload';

const holding = (to: string): Load => ({ program: 'connect', plan: { to, held: HELD } });

/** The node of the group that holds most: a remedy that only moves entries does not help it. */
async function busiest(lab: Lab): Promise<Entries> {
  const all: Entries[] = [];
  for (const node of lab.nodes) all.push(await node.entries());
  return all.reduce((most, one) => (one.live > most.live ? one : most));
}

/** Two pods of one node, of which one moves to the other node of the group. */
function spread(
  name: string,
  scenario: string,
  begin: (lab: Lab, stays: LabNode['pods'][0], moves: LabNode['pods'][0]) => Promise<void>,
): Scenario {
  const measure = () =>
    inLab(name, 2, async (lab) => {
      const [from, to] = lab.nodes as [LabNode, LabNode];
      const [stays, moves, moved] = [from.addPod(), from.addPod(), to.addPod()];
      await begin(lab, stays, moves);
      await setTimeout(PAUSE_MS);
      const before = await busiest(lab);
      const [facts, other] = [await from.probe(), await to.entries()];
      const entries = (facts.table?.entries ?? 0) + other.live;
      const prediction = predict(REMEDY, facts, { group: { nodes: 2, entries, medianUsage: 0 } });

      await lab.calm();
      await begin(lab, stays, moved);
      await setTimeout(PAUSE_MS);
      return rowOf({ remedy: REMEDY, scenario }, before, prediction, await busiest(lab));
    });
  return { remedy: REMEDY, scenario, measure };
}

export const spreads: readonly Scenario[] = [
  spread('apart', 'connections of two pods to servers outside', (lab, stays, moves) =>
    lab.begin([stays, moves].map((pod) => ({ pod, loads: [holding(addresses.coreDns)] }))),
  ),
  spread('between', 'connections of one pod to the other', async (lab, stays, moves) => {
    await moves.start(program('serve'), moves.address);
    await lab.begin([{ pod: stays, loads: [holding(moves.address)] }]);
  }),
];
