import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lib/core/judge/judge.js';
import type { FindingMemory, Ledger, NodeMemory } from '../../../lib/core/ledger/ledger.js';
import { remember } from '../../../lib/core/ledger/remember.js';
import type { Report } from '../../../lib/core/judge/report.js';
import type { Snapshot } from '../../../lib/core/node/snapshot.js';
import { aDigest } from '../../support/a-digest.js';
import { aFleet, aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';
import { hour } from '../../support/an-audit.js';

const WEEK = 168;

interface Known {
  readonly read?: readonly Snapshot[];
  readonly silent?: readonly string[];
  readonly ledger?: Ledger;
  readonly findings?: Readonly<Record<string, FindingMemory>>;
}

/** What is remembered of the audit that began so many hours after the first one. */
function remembered(hours: number, { read = [], silent = [], findings = {}, ledger }: Known) {
  const startedAt = hour(hours);
  const unread = silent.map((instanceId) => aNode({}, { instanceId }).node);
  const fleet = aFleet([...read.map(({ node }) => node), ...unread]);
  const evidence: Evidence = { runId: 'run-2', startedAt, fleet, snapshots: read, silent: [] };
  const report: Report = {
    runId: 'run-2',
    startedAt,
    region: 'us-east-1',
    clusters: ['example'],
    nodes: { discovered: 1, read: 1, silent: 0 },
    findings: [],
    unjudged: [],
    silent: [],
  };
  return remember({ evidence, report, ledger, findings, standing: {} });
}

const empty: Ledger = {
  schemaVersion: 1,
  region: 'us-east-1',
  runId: 'run-1',
  auditedAt: hour(0),
  nodes: {},
  findings: {},
};
const memory: NodeMemory = {
  cluster: 'example',
  nodeGroup: 'workers',
  readAt: hour(0),
  counters: {},
  exceeded: {},
  usage: [],
};
const knowing = (nodes: Ledger['nodes']): Ledger => ({ ...empty, nodes });
const at = (hours: number) => Date.parse(hour(hours)) / 1_000;

describe('remember, of nodes', () => {
  it('keeps what the next audit compares', () => {
    const counters = { drop: 3, early_drop: 0, found: 12, clashres: 1 };
    expect(remembered(0, { read: [aNode({ counters })] })).toEqual({
      ...empty,
      runId: 'run-2',
      nodes: {
        'i-0000000000000000a': {
          cluster: 'example',
          nodeGroup: 'workers',
          readAt: hour(0),
          bootId: '0b5e7e31-62a4-4d0f-9b1e-6d5b8a1c2f3d',
          counters: { drop: 3, early_drop: 0, clashres: 1 },
          exceeded: { bw_in: 0, bw_out: 0, pps: 0, conntrack: 0, linklocal: 0 },
          usage: [[at(0), 4_096, 131_072]],
        },
      },
    });
  });

  it('keeps a node of which little was read', () => {
    const [node] = Object.values(
      remembered(0, { read: [aNodeWithout('table', 'boot', 'counters', 'allowance')] }).nodes,
    );
    expect(node).toEqual(memory);
  });

  it('keeps a dozen usages, the last ones', () => {
    let ledger: Ledger | undefined;
    for (let hours = 0; hours < 14; hours += 1) {
      ledger = remembered(hours, { read: [aNodeUsing(hours, 100)], ...(ledger && { ledger }) });
    }
    const [node] = Object.values(ledger?.nodes ?? {});
    expect(node?.usage.map(([, entries]) => entries)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
  });

  it('keeps one usage of one audit that is remembered twice', () => {
    const read = [aNodeUsing(5, 100)];
    const first = remembered(0, { read });
    expect(remembered(0, { read, ledger: first })).toEqual(first);
  });

  it('leaves what a later audit read', () => {
    const ledger = remembered(2, { read: [aNodeUsing(5, 100)] });
    expect(remembered(1, { read: [aNodeUsing(4, 100)], ledger }).nodes).toEqual(ledger.nodes);
  });

  it('keeps a silent node, however long it is silent', () => {
    const ledger = knowing({ 'i-a': memory });
    expect(remembered(10 * WEEK, { silent: ['i-a'], ledger }).nodes).toEqual({ 'i-a': memory });
  });

  it('forgets a node that is gone 7 days after it was last read', () => {
    const ledger = knowing({ 'i-a': memory });
    expect(remembered(WEEK, { ledger }).nodes).toEqual({ 'i-a': memory });
    expect(remembered(WEEK + 0.01, { ledger }).nodes).toEqual({});
  });

  it('keeps 12,000 nodes, those that were read last', () => {
    const ids = Array.from({ length: 12_000 }, (_, number) => `i-${number}`);
    const ledger = knowing({
      'i-old': memory,
      ...Object.fromEntries(ids.map((id) => [id, { ...memory, readAt: hour(1) }])),
    });
    const { nodes } = remembered(2, { ledger });
    expect(Object.keys(nodes)).toHaveLength(12_000);
    expect(nodes).not.toHaveProperty('i-old');
  });

  it('writes the same text whatever the order of what it knows', () => {
    const one = { ...memory, readAt: hour(1) };
    const read = [aNode({}, { instanceId: 'i-c' })];
    const texts = [
      { 'i-b': one, 'i-a': memory },
      { 'i-a': memory, 'i-b': one },
    ].map((nodes) => JSON.stringify(remembered(2, { read, ledger: knowing(nodes) })));
    expect(texts[0]).toBe(texts[1]);
    expect(Object.keys(remembered(2, { read, ledger: knowing({ 'i-b': one }) }).nodes)).toEqual([
      'i-b',
      'i-c',
    ]);
  });
});

describe('remember, of findings', () => {
  const finding = (id: string, different: Partial<FindingMemory> = {}): FindingMemory => ({
    id,
    rule: 'some',
    title: 'The rule some',
    cluster: 'example',
    nodeGroup: 'workers',
    state: 'open',
    severity: 'warning',
    summary: 'something is wrong',
    nodes: ['i-a'],
    firstSeen: hour(0),
    lastSeen: hour(0),
    ...different,
  });
  const byId = (all: readonly FindingMemory[]) =>
    Object.fromEntries(all.map((one) => [one.id, one]));

  it('keeps what is open for ever, and what is resolved for 7 days', () => {
    const open = finding('open');
    const over = finding('over', { state: 'resolved', resolvedAt: hour(0) });
    const findings = byId([over, open]);
    expect(remembered(WEEK, { findings }).findings).toEqual({ open, over });
    expect(remembered(WEEK + 0.01, { findings }).findings).toEqual({ open });
  });

  it('keeps 5,000 findings, the oldest resolved ones going first', () => {
    const open = Array.from({ length: 4_998 }, (_, number) => finding(`open-${number}`));
    const over = [1, 3, 2].map((hours) =>
      finding(`over-${hours}`, { state: 'resolved', resolvedAt: hour(hours) }),
    );
    const kept = Object.keys(remembered(4, { findings: byId([...over, ...open]) }).findings);
    expect(kept).toHaveLength(5_000);
    expect(kept.filter((id) => id.startsWith('over'))).toEqual(['over-2', 'over-3']);
  });

  it('lets go of the open ones that were not seen for longest, when there are too many', () => {
    const open = Array.from({ length: 5_000 }, (_, number) =>
      finding(`open-${number}`, { lastSeen: hour(2) }),
    );
    const old = finding('a-old', { lastSeen: hour(1) });
    const over = finding('a-over', { state: 'resolved', resolvedAt: hour(3) });
    const { findings } = remembered(4, { findings: byId([old, over, ...open]) });
    expect(Object.keys(findings)).toHaveLength(5_000);
    expect(findings).not.toHaveProperty('a-old');
    expect(findings).not.toHaveProperty('a-over');
  });
});

describe('remember, of channels in trouble', () => {
  const hub = { since: hour(0), error: 'no route to host' };
  const promised = { runId: 'run-1', promisedAt: hour(0), digest: aDigest(), owed: { hub: {} } };
  const troubles = (ledger: Partial<Ledger>) =>
    remembered(1, { ledger: { ...empty, ...ledger } }).channels;

  it('keeps a trouble that lost nothing, whatever is owed', () => {
    expect(troubles({ channels: { hub } })).toEqual({ hub });
    expect(troubles({ channels: { hub }, outbox: [promised] })).toEqual({ hub });
  });

  it('forgets a loss, of which people hear in this audit, and the trouble with it', () => {
    expect(troubles({ channels: { hub: { ...hub, lost: 3 } } })).toBeUndefined();
  });

  it('keeps the trouble without the loss while the channel, and no other, is owed something', () => {
    const channels = { hub: { ...hub, lost: 3 }, topic: { ...hub, lost: 1 } };
    expect(troubles({ channels, outbox: [promised] })).toEqual({ hub });
  });
});
