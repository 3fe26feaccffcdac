import { describe, expect, it } from 'vitest';
import { discover } from '../../../lib/core/run/discover.js';
import { fleetSchema } from '../../../lib/core/node/fleet-schema.js';
import type { FleetDirectory } from '../../../lib/core/run/ports.js';
import { readRunFile } from '../../../lib/core/run/run-files.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { fakeAudit, FakeProbe } from '../../support/fakes.js';

const node = (instanceId: string, cluster: string) => aNode({}, { instanceId, cluster }).node;

/** Discovers the nodes i-1 of `a` and i-2 of `b`, beside an empty cluster `c`. */
async function discovered(change: Partial<FleetDirectory> = {}) {
  const nodes = [node('i-1', 'a'), node('i-2', 'b')];
  const clusters = ['a', 'b', 'c'].map((name) => ({ name, version: '1.31' }));
  const probe = new FakeProbe(['i-1', 'i-2']);
  const { deps, store } = fakeAudit({ ...aFleet(nodes), clusters }, probe);
  const asked: { described?: readonly string[]; reachable?: readonly string[] | undefined } = {};
  const directory: FleetDirectory = {
    ...deps.directory,
    describe(names) {
      asked.described = names;
      return deps.directory.describe(names);
    },
    ...change,
  };
  const reach = probe.reachability.bind(probe);
  probe.reachability = (ids?: readonly string[]) => {
    asked.reachable = ids;
    return reach();
  };
  const commands = await discover({ ...deps, directory }, 'run-1');
  return { commands, asked, fleet: await readRunFile(store, 'fleet.json', fleetSchema) };
}

describe('discover', () => {
  it('asks about the clusters that have nodes, and keeps the others by name', async () => {
    const { asked, fleet } = await discovered();
    expect(asked.described).toEqual(['a', 'b']);
    expect(fleet.clusters).toEqual([
      { name: 'a', version: '1.31' },
      { name: 'b', version: '1.31' },
      { name: 'c' },
    ]);
  });

  it('leaves out a cluster that was deleted after it was listed, and what still runs of it', async () => {
    const { fleet } = await discovered({
      describe: () => Promise.resolve({ clusters: [{ name: 'b' }] }),
    });
    expect(fleet.clusters.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(fleet.nodes.map(({ instanceId }) => instanceId)).toEqual(['i-2']);
  });

  it.each([
    { others: undefined, ids: undefined },
    { others: [], ids: undefined },
    { others: ['d'], ids: ['i-1', 'i-2'] },
  ])('asks who can be reached of $ids where $others are left out', async ({ others, ids }) => {
    const clusters = ['a', 'b', 'c'];
    const { asked } = await discovered({
      clusters: () => Promise.resolve({ clusters, ...(others !== undefined && { others }) }),
    });
    expect(asked.reachable).toEqual(ids);
  });
});
