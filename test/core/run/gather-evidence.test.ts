import { ParseError } from '../../../lib/core/text/parsed.js';
import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../../lib/core/run/gather-evidence.js';
import { aFleet, aNode, shape } from '../../support/a-node.js';
import { aRun } from '../../support/a-run.js';
import { answering } from '../../support/fakes.js';

describe('gatherEvidence', () => {
  it('puts what a node told beside what the services know of it', async () => {
    const { snapshots, silent } = await gatherEvidence(await aRun());
    expect(silent).toEqual([]);
    expect(snapshots).toMatchObject([
      {
        node: { instanceId: 'i-1' },
        facts: {
          table: { entries: 5, max: 10 },
          kubeProxy: { version: '1.31.2', source: 'add-on' },
          shape: { instanceType: 'm5.large' },
        },
      },
    ]);
  });

  it.each([
    {
      told: { running: true, tag: 'v1.28.1-eksbuild.1', min: 7 },
      known: { version: '1.28.1', source: 'node', min: 7 },
    },
    {
      told: { running: true, maxPerCore: 0, min: 7 },
      known: { version: '1.31.2', source: 'add-on', maxPerCore: 0, min: 7 },
    },
    { told: { running: true }, known: { version: '1.31.2', source: 'add-on' } },
    { told: { running: false, cilium: true }, known: { version: 'none', source: 'node' } },
    { told: undefined, known: { version: '1.31.2', source: 'add-on' } },
  ])('knows $known of a node that tells $told of its kube-proxy', async ({ told, known }) => {
    const text = JSON.stringify({ v: 1, entries: 5, max: 10, kubeProxy: told });
    const answers = [{ instanceId: 'i-1', status: 'answered', text }];
    const { snapshots } = await gatherEvidence(await aRun({ 'answers/00000.json': answers }));
    expect(snapshots[0]?.facts.kubeProxy).toEqual(known);
  });

  it('knows no kube-proxy where EKS has no such add-on', async () => {
    const fleet = aFleet([aNode({}, { instanceId: 'i-1' }).node]);
    const clusters = [{ name: 'example', version: '1.31' }];
    const { snapshots } = await gatherEvidence(
      await aRun({ 'fleet.json': { ...fleet, clusters } }),
    );
    expect(snapshots[0]?.facts).not.toHaveProperty('kubeProxy');
  });

  it('believes the node about its kube-proxy before the add-on', async () => {
    const kubeProxy = { running: true, tag: 'v1.30.7-minimal-eksbuild.1', min: 262_144 };
    const text = JSON.stringify({ v: 1, entries: 5, max: 10, kubeProxy });
    const answers = [{ instanceId: 'i-1', status: 'answered', text }];
    const { snapshots } = await gatherEvidence(await aRun({ 'answers/00000.json': answers }));
    expect(snapshots[0]?.facts.kubeProxy).toEqual({
      version: '1.30.7',
      source: 'node',
      min: 262_144,
    });
  });

  it.each([
    { set: 3_600, byDefault: 432_000, known: { tcpEstablishedSeconds: 3_600, configured: true } },
    { set: 432_000, byDefault: 350, known: { tcpEstablishedSeconds: 432_000, configured: true } },
    { set: undefined, byDefault: 350, known: { tcpEstablishedSeconds: 350, configured: false } },
    { set: 60, byDefault: undefined, known: { tcpEstablishedSeconds: 60, configured: true } },
    { set: undefined, byDefault: undefined, known: undefined },
  ])('knows $known where $set s is set and $byDefault s the default', async (given) => {
    const tcp = (tcpEstablishedSeconds: number | undefined) =>
      tcpEstablishedSeconds === undefined ? {} : { tcpEstablishedSeconds };
    const { node } = aNode({}, { instanceId: 'i-1', ...tcp(given.set) });
    const fleet = aFleet([node], [{ ...shape, ...tcp(given.byDefault) }]);
    const { snapshots } = await gatherEvidence(await aRun({ 'fleet.json': fleet }));
    expect(snapshots[0]?.facts.vpcTracking).toEqual(given.known);
  });

  it.each([
    { told: { id: 'amzn', version: '2' }, known: { id: 'bottlerocket', version: '1.21.0' } },
    { told: undefined, known: { id: 'bottlerocket', version: '1.21.0' } },
    {
      told: { id: 'bottlerocket', version: '1.20.3' },
      known: { id: 'bottlerocket', version: '1.20.3' },
    },
  ])('knows a node that tells $told, and Systems Manager as Bottlerocket', async (given) => {
    const text = JSON.stringify({ v: 1, os: given.told });
    const { snapshots } = await gatherEvidence(
      await aRun({
        'asking.json': {
          batches: [['i-1']],
          silent: [],
          bottlerocket: [{ instanceId: 'i-1', version: '1.21.0' }, { instanceId: 'i-9' }],
        },
        'answers/00000.json': [{ instanceId: 'i-1', status: 'answered', text }],
      }),
    );
    expect(snapshots.map(({ facts }) => facts.os)).toEqual([given.known]);
  });

  it.each([
    { node: 'mode: ipvs', addOn: 'nftables', known: 'ipvs' },
    { node: 'conntrack: {}', addOn: 'nftables', known: 'iptables' },
    { node: false, addOn: 'nftables', known: 'nftables' },
    { node: false, addOn: undefined, known: undefined },
  ] as const)('takes the mode $node of a node before $addOn of the add-on', async (given) => {
    const { node: config, addOn, known } = given;
    const text = JSON.stringify({ v: 1, kubeProxy: { running: true, config } });
    const fleet = aFleet([aNode({}, { instanceId: 'i-1' }).node]);
    const clusters = [{ name: 'example', ...(addOn && { proxyMode: addOn }) }];
    const { snapshots } = await gatherEvidence(
      await aRun({
        'fleet.json': { ...fleet, clusters },
        'answers/00000.json': [{ instanceId: 'i-1', status: 'answered', text }],
      }),
    );
    expect(snapshots[0]?.facts.proxyMode).toBe(known);
  });

  it.each([
    { node: 1, ec2: 2, known: 1 },
    { node: undefined, ec2: 2, known: 2 },
    { node: undefined, ec2: undefined, known: undefined },
  ])('knows $known threads a core where the node tells $node and EC2 $ec2', async (given) => {
    const text = JSON.stringify({ v: 1, threadsPerCore: given.node });
    const cpu = given.ec2 === undefined ? {} : { cpu: { cores: 4, threadsPerCore: given.ec2 } };
    const fleet = aFleet([aNode({}, { instanceId: 'i-1', ...cpu }).node]);
    const { snapshots } = await gatherEvidence(
      await aRun({
        'fleet.json': fleet,
        'answers/00000.json': [{ instanceId: 'i-1', status: 'answered', text }],
      }),
    );
    expect(snapshots[0]?.facts.threadsPerCore).toBe(given.known);
  });

  it('takes no default from another type', async () => {
    const { node } = aNode({}, { instanceId: 'i-1' });
    const other = { ...shape, instanceType: 'm5.xlarge', tcpEstablishedSeconds: 432_000 };
    const { snapshots } = await gatherEvidence(
      await aRun({ 'fleet.json': aFleet([node], [other]) }),
    );
    expect(snapshots[0]?.facts).not.toHaveProperty('vpcTracking');
  });

  it('judges an answer by the parser of today: what does not parse is unreadable', async () => {
    const answers = [{ instanceId: 'i-1', status: 'answered', text: '{"v":99}' }];
    const { silent } = await gatherEvidence(await aRun({ 'answers/00000.json': answers }));
    expect(silent).toMatchObject([{ instanceId: 'i-1', reason: 'unreadable' }]);
  });

  it('ignores an answer of a node that was never discovered', async () => {
    const answers = [answering('i-1', 5, 10), answering('i-stranger', 9, 10)];
    const { snapshots } = await gatherEvidence(await aRun({ 'answers/00000.json': answers }));
    expect(snapshots.map(({ node }) => node.instanceId)).toEqual(['i-1']);
  });

  it.each([
    [
      1,
      'memory was saved by an older program (schemaVersion 1); this one reads 2: audit again with --save',
    ],
    [
      3,
      'memory was saved by a newer program (schemaVersion 3); this one reads 2: audit again with --save',
    ],
  ])('refuses a run of schemaVersion %j in one sentence', async (schemaVersion, said) => {
    const file = { schemaVersion, runId: 'run-1', startedAt: '2026-11-23T08:00:00Z' };
    await expect(gatherEvidence(await aRun({ 'run.json': file }))).rejects.toThrow(new Error(said));
  });

  it.each([
    ['run.json', null, ' should be an object, got null'],
    ['run.json', {}, ": 'schemaVersion' is missing"],
    ['run.json', { schemaVersion: '2' }, ": 'schemaVersion' should be a number, got '2'"],
    ['run.json', { schemaVersion: 2 }, ": 'runId' is missing; 'startedAt' is missing"],
    [
      'run.json',
      { schemaVersion: 2, runId: 'run-1', startedAt: 'today' },
      ": 'startedAt' should be a time of ISO 8601, got 'today'",
    ],
    [
      'fleet.json',
      { region: 'r', clusters: [], nodes: [], shapes: 3 },
      ": 'shapes' should be a list, got 3",
    ],
    ['asking.json', { batches: ['i-1'], silent: [] }, ": 'batches[0]' should be a list, got 'i-1'"],
    [
      'commands/00000.json',
      { instanceIds: ['i-1'], refused: [7] },
      ": 'refused[0]' should be a text, got 7",
    ],
    [
      'answers/00000.json',
      [{ instanceId: 'i-1', status: 'answered', text: 5 }],
      ": '[0].text' should be a text, got 5",
    ],
    [
      'answers/00000.json',
      [{ instanceId: 'i-1', status: 'asleep' }],
      ": '[0].status' should be one of answered, silent, running, got 'asleep'",
    ],
  ])('fails on a damaged %s: %j', async (key, file, said) => {
    await expect(gatherEvidence(await aRun({ [key]: file }))).rejects.toThrow(
      new ParseError(`${key} of memory${said}`),
    );
  });

  it('takes a run of an older version, with a file for each command', async () => {
    const fleet = aFleet(['i-1', 'i-2'].map((instanceId) => aNode({}, { instanceId }).node));
    const run = await aRun({
      'fleet.json': fleet,
      'commands/00001.json': { commandId: 'd', instanceIds: ['i-2'], refused: [] },
      'answers/00001.json': [answering('i-2', 5, 10)],
    });
    expect((await gatherEvidence(run)).snapshots).toHaveLength(2);
  });

  it('tells a node that the role may not ask from one that Systems Manager refused', async () => {
    const fleet = aFleet(['i-1', 'i-2'].map((instanceId) => aNode({}, { instanceId }).node));
    const command = { instanceIds: [], refused: ['i-1'], denied: ['i-2'] };
    const files = { 'fleet.json': fleet, 'commands/00000.json': command, 'answers/00000.json': [] };
    const run = await aRun(files);
    const { silent } = await gatherEvidence(run);
    expect(silent.map(({ instanceId, reason }) => [instanceId, reason])).toEqual([
      ['i-1', 'refused'],
      ['i-2', 'access-denied'],
    ]);
  });
});
