import { setTimeout } from 'node:timers/promises';
import type { Case } from '../../../lib/core/judge/remedy.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { shape } from '../../support/a-node.js';
import { writeSysctl } from '../sysctls.js';
import type { Lab } from './lab.js';
import { addresses, nodeTimeouts } from './lab-node.js';
import { predict, rowOf, type Row } from './row.js';
import { inLab, settled, type Scenario } from './scenario.js';

/** The limit that the kernel has while scenarios run; each of the others holds fewer entries. */
export const LIMIT = 4_096;

const { udp_timeout: UDP } = nodeTimeouts;
const PAUSE_MS = 2_000;

/** Demand, as a share of the limit, in lookups that live for the UDP timeout. */
async function demand(lab: Lab, share: number): Promise<void> {
  const perSecond = Math.round((share * LIMIT) / UDP);
  const plan = { to: addresses.clusterIp, perSecond };
  await lab.begin([{ pod: lab.node.addPod(), loads: [{ program: 'ask', plan }] }]);
}

/**
 * What a second audit knows: which counters grew since the first. Within the seconds of one probe a full
 * table may refuse nothing, as listing it collects what has expired.
 */
function since({ counters: before = {} }: NodeFacts, facts: NodeFacts): NodeFacts {
  const grown = Object.entries(facts.counters ?? {}).map(
    ([name, value]) => [name, value - (before[name] ?? 0)] as const,
  );
  return {
    ...facts,
    growth: { seconds: UDP, counters: Object.fromEntries(grown), exceeded: {} },
  };
}

/** A larger size, for a node of which only the limit is the lab's. */
const larger: Partial<Case> = {
  shapes: [shape, { ...shape, instanceType: 'm5.2xlarge', vcpus: 8, memoryMiB: 32_768 }],
};
const onEks: NodeFacts = { kubeProxy: { version: '1.31.2', source: 'add-on' }, shape, vcpus: 2 };

const named = {
  room: { remedy: 'raise-limit', scenario: 'demand of 60 % of the limit' },
  full: { remedy: 'raise-limit', scenario: 'demand of 160 % of the limit' },
  larger: { remedy: 'resize-instance', scenario: 'demand of 60 % of the limit' },
};
type Name = keyof typeof named;

/** One limit is that of the whole kernel, so that what changes it is one measurement. */
async function measureLimits(): Promise<Record<Name, Row>> {
  return inLab('room', 1, (room) =>
    inLab('full', 1, async (full) => {
      await demand(room, 0.6);
      await demand(full, 1.6);
      const first = await full.node.probe();
      await settled(UDP);
      const [roomBefore, fullBefore] = [await room.node.entries(), await full.node.entries()];
      const roomFacts = await room.node.probe();
      const predicted = {
        room: predict('raise-limit', roomFacts),
        full: predict('raise-limit', since(first, await full.node.probe())),
        larger: predict('resize-instance', { ...roomFacts, ...onEks }, larger),
      };

      writeSysctl('max', Math.max(predicted.room.limit ?? 0, predicted.full.limit ?? 0));
      await settled(UDP);
      const raised = [await room.node.entries(), await full.node.entries()] as const;
      writeSysctl('max', predicted.larger.limit ?? 0);
      await setTimeout(PAUSE_MS);
      return {
        room: rowOf(named.room, roomBefore, predicted.room, raised[0]),
        full: rowOf(named.full, fullBefore, predicted.full, raised[1]),
        larger: rowOf(named.larger, roomBefore, predicted.larger, await room.node.entries()),
      };
    }),
  );
}

let measured: Promise<Record<Name, Row>> | undefined;

export const limits: readonly Scenario[] = (Object.keys(named) as Name[]).map((name) => ({
  ...named[name],
  async measure() {
    measured ??= measureLimits();
    return (await measured)[name];
  },
}));
