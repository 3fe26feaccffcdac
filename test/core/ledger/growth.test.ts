import { describe, expect, it } from 'vitest';
import { growthOf } from '../../../lib/core/ledger/growth.js';
import type { NodeMemory } from '../../../lib/core/ledger/ledger.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { anAllowance } from '../../support/an-allowance.js';
import { hour } from '../../support/an-audit.js';

const before: NodeMemory = {
  cluster: 'example',
  nodeGroup: 'workers',
  readAt: hour(0),
  bootId: 'boot-1',
  counters: { drop: 100, early_drop: 7 },
  exceeded: { conntrack: 5 },
  usage: [],
};
const boot = { id: 'boot-1', uptimeSeconds: 86_400 };
const counters = { drop: 140, early_drop: 7, insert_failed: 3, found: 9 };

/** What grew in the hour after `before`. */
function grown(different: NodeFacts = {}, remembered: Partial<NodeMemory> = {}, now = hour(1)) {
  return growthOf({ boot, counters, ...different }, { ...before, ...remembered }, now);
}

describe('growthOf', () => {
  it('is what judged columns grew by since then; a column seen for the first time is left out', () => {
    expect(grown()).toEqual({
      seconds: 3_600,
      counters: { drop: 40, early_drop: 0 },
      exceeded: {},
    });
  });

  it("knows what EC2's counters grew by", () => {
    const allowance = anAllowance({ exceeded: { conntrack: 9, linklocal: 3 } });
    expect(grown({ allowance })?.exceeded).toEqual({ conntrack: 4 });
  });

  it('knows all judged columns', () => {
    const all = { drop: 1, early_drop: 2, insert_failed: 3, chainlength: 4, clashres: 5 };
    const none = { drop: 0, early_drop: 0, insert_failed: 0, chainlength: 0, clashres: 0 };
    expect(grown({ counters: all }, { counters: none })?.counters).toEqual(all);
  });

  it.each([
    ['another boot', { boot: { ...boot, id: 'boot-2' } }, {}],
    ['a boot without an id', { boot: { uptimeSeconds: 86_400 } }, { bootId: undefined }],
    ['no boot', { boot: undefined }, {}],
    ['no counter of then', {}, { counters: {} }],
  ])('is nothing with %s', (_, different, remembered) => {
    expect(grown(different as NodeFacts, remembered as Partial<NodeMemory>)).toBeUndefined();
  });

  it('is nothing where the node was up for less than the time between', () => {
    expect(grown({ boot: { ...boot, uptimeSeconds: 3_600 } })).toBeUndefined();
    expect(grown({ boot: { ...boot, uptimeSeconds: 3_601 } })?.seconds).toBe(3_600);
  });

  it('is nothing where no time is between', () => {
    expect(grown({}, {}, hour(0))).toBeUndefined();
    expect(grown({}, {}, hour(-1))).toBeUndefined();
    expect(grown({}, {}, '2026-11-23T08:00:00.500Z')?.seconds).toBe(0.5);
  });

  const turn = 2 ** 32;
  it.each([
    ['a counter that began at 0 again', turn - 10, 20, 30],
    ['the largest wrap that is believed', turn / 2 + 1, 0, turn / 2 - 1],
    ['a wrap that is too large', turn / 2, 0, undefined],
    ['a module that was loaded anew', 1_000, 500, undefined],
    ['more than one turn', 2 * turn, 5, undefined],
    ['growth beyond 32 bits on many CPUs', 5, turn + 5, turn],
  ])('of %s', (_, then, now, by) => {
    const both = grown(
      { counters: { drop: now, early_drop: 8 } },
      { counters: { drop: then, early_drop: 7 } },
    );
    expect(both?.counters).toEqual(
      by === undefined ? { early_drop: 1 } : { drop: by, early_drop: 1 },
    );
  });

  it("does not take a smaller counter of EC2's for a wrap", () => {
    const allowance = anAllowance({ exceeded: { conntrack: 1 } });
    expect(grown({ allowance }, { exceeded: { conntrack: turn - 1 } })?.exceeded).toEqual({});
  });
});
