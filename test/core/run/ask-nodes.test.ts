import { describe, expect, it } from 'vitest';
import { askNodes } from '../../../lib/core/run/ask-nodes.js';
import { gatherEvidence } from '../../../lib/core/run/gather-evidence.js';
import type { Gap } from '../../../lib/core/node/gap.js';
import type {
  DescribedClusters,
  FoundClusters,
  Invocation,
  ReadCommand,
} from '../../../lib/core/run/ports.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { answering, fakeAudit, FakeProbe } from '../../support/fakes.js';

const fleetOf = (...ids: string[]) =>
  aFleet(ids.map((instanceId) => aNode({}, { instanceId }).node));
const gap = (operation: string): Gap => ({
  ...{ about: 'commands', subject: operation, operation, reason: 'throttled', detail: 'slow down' },
});

/** A probe that lists one more node as ended in each reading. */
class Behind extends FakeProbe {
  readings = 0;

  override read(commandId: string, instanceIds: readonly string[]): Promise<ReadCommand> {
    this.readings += 1;
    return super.read(commandId, instanceIds.slice(0, this.readings));
  }
}

describe('askNodes', () => {
  it.each([
    { nodes: 1, readings: 1, read: 1 },
    { nodes: 4, readings: 4, read: 4 },
    { nodes: 5, readings: 4, read: 4 },
  ])(
    'reads an ended command of $nodes nodes $readings times where the list is behind',
    async ({ nodes, readings, read }) => {
      const ids = Array.from({ length: nodes }, (_, at) => `i-${at}`);
      const probe = new Behind(ids);
      const { deps, orchestrator, store, slept } = fakeAudit(fleetOf(...ids), probe, [9]);
      await askNodes(deps, orchestrator, 'run-1');
      expect(probe.readings).toBe(readings);
      expect(slept).toEqual([9, 1, 2, 4].slice(0, readings));
      expect((await gatherEvidence(store)).snapshots).toHaveLength(read);
    },
  );

  it.each([
    { nodes: 500, objects: ['00000'] },
    { nodes: 501, objects: ['00000', '00010'] },
  ])('keeps what $nodes nodes were sent and said in objects of ten commands', async (row) => {
    const ids = Array.from({ length: row.nodes }, (_, at) => `i-${at}`);
    const probe = new FakeProbe(ids);
    const { deps, orchestrator, store } = fakeAudit(fleetOf(...ids), probe);
    await askNodes(deps, orchestrator, 'run-1');
    expect(await store.keys('answers/')).toEqual(row.objects.map((at) => `answers/${at}.json`));
    expect(await store.keys('commands/')).toEqual(row.objects.map((at) => `commands/${at}.json`));
    expect((await gatherEvidence(store)).snapshots).toHaveLength(row.nodes);
  });

  it('leaves what other commands of a step were answered where one is read again', async () => {
    const ids = Array.from({ length: 51 }, (_, at) => `i-${at}`);
    const read: string[] = [];
    const probe = new FakeProbe(ids);
    const whole = probe.read.bind(probe);
    probe.read = (commandId, instanceIds) => {
      const isBehind = commandId === 'command-0' && !read.includes(commandId);
      read.push(commandId);
      return whole(commandId, isBehind ? instanceIds.slice(1) : instanceIds);
    };
    const { deps, orchestrator, store } = fakeAudit(fleetOf(...ids), probe);
    await askNodes(deps, orchestrator, 'run-1');
    expect(read).toEqual(['command-0', 'command-1', 'command-0']);
    expect((await gatherEvidence(store)).snapshots).toHaveLength(51);
    expect(await store.get('answers/00000.json')).toHaveLength(51);
  });

  it('reads once where a command still runs: its nodes are late, and no list is behind', async () => {
    const probe = new Behind(['i-0', 'i-1'], {}, 99);
    const { deps, orchestrator, slept } = fakeAudit(fleetOf('i-0', 'i-1'), probe, [1, 1]);
    await askNodes(deps, orchestrator, 'run-1');
    expect(probe.readings).toBe(1);
    expect(slept).toEqual([1, 1]);
  });

  it('reads a node again that is listed as running though its command has ended', async () => {
    let readings = 0;
    const probe = new FakeProbe(['i-0']);
    probe.read = () => {
      readings += 1;
      const running: Invocation = { instanceId: 'i-0', status: 'running' };
      return Promise.resolve({ invocations: [readings < 2 ? running : answering('i-0', 1, 9)] });
    };
    const { deps, orchestrator, store } = fakeAudit(fleetOf('i-0'), probe);
    await askNodes(deps, orchestrator, 'run-1');
    expect((await gatherEvidence(store)).silent).toEqual([]);
  });

  it('waits its whole time and reads where it is not told how far commands are', async () => {
    const probe = new FakeProbe(['i-0']);
    probe.running = (ids) => {
      probe.looks += 1;
      return Promise.resolve({ running: ids, gaps: [gap('ssm:ListCommands')] });
    };
    const { deps, orchestrator, store, slept } = fakeAudit(fleetOf('i-0'), probe, [1, 2, 3]);
    await askNodes(deps, orchestrator, 'run-1');
    expect(probe.looks).toBe(1);
    expect(slept).toEqual([1, 2, 3]);
    const { gaps, snapshots } = await gatherEvidence(store);
    expect(gaps).toEqual([gap('ssm:ListCommands')]);
    expect(snapshots).toHaveLength(1);
  });

  it('keeps every gap of discovery, asking and reading, each once, and forgets those of an earlier try', async () => {
    const probe = new FakeProbe(['i-0']);
    const [send, read] = [probe.send.bind(probe), probe.read.bind(probe)];
    probe.reachability = () => Promise.resolve({ nodes: [], gaps: [gap('a:Reach')] });
    probe.send = async (ids) => ({ ...(await send(ids)), gaps: [gap('b:Send')] });
    probe.read = async (id, ids) => ({
      ...(await read(id, ids)),
      gaps: [gap('c:Read'), { ...gap('c:Read'), detail: 'in other words' }],
    });
    const { deps, orchestrator, store } = fakeAudit(fleetOf('i-0'), probe);
    const fault = { ...deps.directory };
    fault.clusters = async (): Promise<FoundClusters> => ({
      ...(await deps.directory.clusters()),
      missing: ['gone'],
    });
    fault.describe = async (names): Promise<DescribedClusters> => ({
      ...(await deps.directory.describe(names)),
      gaps: [gap('d:Cluster')],
    });
    await askNodes({ ...deps, directory: fault }, orchestrator, 'run-1');
    const { gaps, snapshots } = await gatherEvidence(store);
    // Those of discovery first, then file by file.
    expect(gaps?.map(({ operation }) => operation)).toEqual([
      'd:Cluster',
      'eks:ListClusters',
      'a:Reach',
      'c:Read',
      'b:Send',
    ]);
    expect(snapshots).toHaveLength(1);

    const sound = fakeAudit(fleetOf('i-0'), new FakeProbe(['i-0']));
    await askNodes({ ...sound.deps, store }, orchestrator, 'run-1');
    expect((await gatherEvidence(store)).gaps).toBeUndefined();
  });

  it('has no answer from nodes to which nothing was sent, and says so of each', async () => {
    const probe = new FakeProbe(['i-0']);
    probe.send = (ids) => Promise.resolve({ instanceIds: [], refused: [], unsent: ids });
    const { deps, orchestrator, store, slept } = fakeAudit(fleetOf('i-0'), probe);
    await askNodes(deps, orchestrator, 'run-1');
    expect((await gatherEvidence(store)).silent).toMatchObject([{ reason: 'not-sent' }]);
    expect(slept).toEqual([]);
  });

  it('fails over nothing where somebody waits for it, before it asks or judges', async () => {
    const probe = new FakeProbe([]);
    const { deps, orchestrator, store } = fakeAudit(fleetOf(), probe);
    await expect(askNodes({ ...deps, mustFind: true }, orchestrator, 'run-1')).rejects.toThrow(
      'there is no EKS cluster in us-east-1',
    );
    expect(await store.keys('fleet')).toEqual([]);
    await askNodes(deps, orchestrator, 'run-1');
    expect((await gatherEvidence(store)).snapshots).toEqual([]);
  });
});
