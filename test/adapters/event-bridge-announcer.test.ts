import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import { transitionKinds, type Transition } from '../../lib/core/ledger/transition.js';
import { aDigest, aTransition, nodeFinding } from '../support/a-transition.js';

const LIMIT = 262_144;
const eventBridge = mockClient(EventBridgeClient);

function publish(transitions: readonly Transition[], over: Partial<Digest> = {}) {
  const announcer = new EventBridgeAnnouncer(new EventBridgeClient({ region: 'eu-west-1' }));
  return announcer.publish(aDigest(transitions, over));
}

/** The entries of each request, in order. */
function requests(): PutEventsRequestEntry[][] {
  return eventBridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries ?? []);
}

interface Detail {
  readonly finding: { readonly id: string; readonly nodes: unknown[]; readonly nodeCount: number };
}

const detail = (entry: PutEventsRequestEntry | undefined) =>
  JSON.parse(entry?.Detail ?? '') as Detail;

/** As the documentation of PutEvents counts. */
function bytes({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number {
  return 14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

/** Changes with distinct findings. */
function many(count: number, summary = 'full'): Transition[] {
  return Array.from({ length: count }, (_, n) => aTransition({ id: `f-${n}`, summary }));
}

/** A change of this id whose event, when it names all its 50 nodes, has exactly this many bytes. */
async function exactly(size: number, id: string): Promise<Transition> {
  const named = (texts: (at: number) => string) => {
    const nodes = Array.from({ length: 50 }, (_, at) => ({
      ...nodeFinding(1, texts(3 * at)),
      instanceId: texts(3 * at + 1),
      instanceType: texts(3 * at + 2),
    }));
    return aTransition({ id, nodes });
  };
  await publish([named(() => '')]);
  const [[empty = {}] = []] = requests();
  eventBridge.resetHistory();
  const missing = size - bytes(empty);
  return named((at) => 'x'.repeat(Math.floor(missing / 150) + (at < missing % 150 ? 1 : 0)));
}

beforeEach(() => {
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({});
});

describe('EventBridgeAnnouncer', () => {
  it('says which account was audited, which need not be that of the bus', async () => {
    const account = { id: '210987654321', alias: 'acme' };
    await publish([aTransition()], { account });
    expect(detail(requests()[0]?.[0])).toMatchObject({ account });
  });

  it('puts one event for a transition, with all that is known of it', async () => {
    const helps = { id: 'raise-limit', title: 'Raise the limit', reason: 'It halves the usage.' };
    const remedy = { ...helps, predicted: { limit: 262_144 }, steps: ['sysctl ...'] };
    const before = { instanceId: 'i-1', entries: 120_000, max: 131_072 };
    await publish([
      aTransition(
        {
          why: 'kube-proxy set it',
          remedies: [
            { ...remedy, id: 'resize-instance', helps: false },
            { ...remedy, helps: true },
          ],
        },
        { kind: 'worse', was: 'warning', before, note: 'a limit was put back' },
      ),
    ]);
    const [[entry] = []] = requests();
    expect(requests()).toHaveLength(1);
    expect({ ...entry, Detail: detail(entry) }).toEqual({
      Time: new Date('2026-11-24T10:00:00.000Z'),
      Source: 'conntrack-auditor',
      DetailType: 'Conntrack Finding Worse',
      Detail: {
        schemaVersion: 1,
        transition: 'worse',
        finding: {
          id: 'table-pressure/prod/blue',
          rule: 'table-pressure',
          title: 'The conntrack table is nearly full',
          severity: 'critical',
          cluster: 'prod',
          nodeGroup: 'blue',
          summary: 'i-1 (t3.large): 97 % of 131,072 entries are used',
          why: 'kube-proxy set it',
          nodeCount: 1,
          nodes: [nodeFinding(1)],
          recommendation: { ...helps, helps: true, predicted: { limit: 262_144 } },
        },
        since: '2026-11-23T08:00:00.000Z',
        was: 'warning',
        before,
        note: 'a limit was put back',
        runId: 'run-7',
        startedAt: '2026-11-24T10:00:00.000Z',
        region: 'eu-west-1',
        location: 's3://shelf/runs/run-7/',
      },
    });
  });

  it('links to the page of the run, where it has one', async () => {
    await publish([aTransition()], { links: { page: 'report.html' } });
    const { Detail = '' } = requests()[0]?.[0] ?? {};
    expect(JSON.parse(Detail)).toMatchObject({
      page: 'https://eu-west-1.console.aws.amazon.com/s3/object/shelf?prefix=runs/run-7/report.html',
    });
  });

  it('names each kind of transition in the type of its event', async () => {
    await publish(transitionKinds.map((kind) => aTransition({}, { kind })));
    expect(requests()[0]?.map(({ DetailType }) => DetailType)).toEqual([
      'Conntrack Finding New',
      'Conntrack Finding Worse',
      'Conntrack Finding Reopened',
      'Conntrack Finding Unsilenced',
      'Conntrack Finding Reminded',
      'Conntrack Finding Better',
      'Conntrack Finding Resolved',
      'Conntrack Finding Left',
    ]);
  });

  it('marks the event of somebody who tries whether events arrive', async () => {
    await publish([aTransition()], { test: true });
    expect(detail(requests()[0]?.[0])).toMatchObject({ test: true });
  });

  it('sends nothing when there are only notes', async () => {
    await publish([], { notes: ['the ledger was damaged'] });
    expect(eventBridge.calls()).toHaveLength(0);
  });

  it.each([
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('puts %i events in requests of ten', async (count, sizes) => {
    await publish(many(count));
    expect(requests().map(({ length }) => length)).toEqual(sizes);
    const ids = requests().flatMap((batch) => batch.map((entry) => detail(entry).finding.id));
    expect(ids).toEqual(many(count).map(({ finding }) => finding.id));
  });

  it('names the 50 worst of many nodes, and how many there are', async () => {
    const nodes = Array.from({ length: 10_000 }, (_, n) => nodeFinding(n));
    await publish([aTransition({ nodes })]);
    const { finding } = detail(requests()[0]?.[0]);
    expect(finding.nodes).toEqual(nodes.slice(0, 50));
    expect(finding.nodeCount).toBe(10_000);
  });

  it('cuts long texts between characters', async () => {
    await publish([aTransition({ summary: `x${'\u{1F525}'.repeat(2_000)}` })]);
    const { summary } = detail(requests()[0]?.[0]).finding as unknown as { summary: string };
    expect(summary).toBe(`x${'\u{1F525}'.repeat(499)}…`);
    await publish([aTransition({ summary: 'x'.repeat(2_000) })]);
    expect(detail(requests()[1]?.[0]).finding).toMatchObject({ summary: 'x'.repeat(2_000) });
  });

  it('names fewer nodes until an event fits, whatever its texts hold', async () => {
    const worst = '\u0000'.repeat(5_000);
    const nodes = Array.from({ length: 60 }, () => ({
      ...nodeFinding(1, worst),
      instanceId: worst,
      instanceType: worst,
    }));
    const texts = { rule: worst, title: worst, cluster: worst, nodeGroup: worst, why: worst };
    await publish([aTransition({ id: worst, summary: worst, nodes, ...texts }, { note: worst })], {
      region: worst,
      location: worst,
    });
    const [[entry = {}] = []] = requests();
    expect(bytes(entry)).toBeLessThan(LIMIT);
    expect(detail(entry).finding.nodes.length).toBeGreaterThan(0);
    expect(detail(entry).finding.nodes.length).toBeLessThan(50);
    expect(detail(entry).finding.nodeCount).toBe(60);
  });

  it.each([
    [LIMIT - 1, 50],
    [LIMIT, 25],
  ])('lets an event of %i bytes name %i nodes', async (size, named) => {
    await publish([await exactly(size, 'f-1')]);
    const [[entry] = []] = requests();
    expect(detail(entry).finding.nodes).toHaveLength(named);
    if (named === 50) expect(bytes(entry ?? {})).toBe(size);
  });

  it.each([
    [LIMIT - 1, [2]],
    [LIMIT, [1, 1]],
  ])('puts two events of together %i bytes in requests of %j', async (size, sizes) => {
    const first = await exactly(131_072, 'f-1');
    await publish([first, await exactly(size - 131_072, 'f-2')]);
    expect(requests().map(({ length }) => length)).toEqual(sizes);
    expect(
      requests()
        .flat()
        .reduce((sum, entry) => sum + bytes(entry), 0),
    ).toBe(size);
  });

  it('keeps each request below the limit too', async () => {
    const nodes = Array.from({ length: 50 }, (_, n) => nodeFinding(n, 'é'.repeat(500)));
    await publish(Array.from({ length: 12 }, (_, n) => aTransition({ id: `f-${n}`, nodes })));
    const sizes = requests().map((batch) => batch.reduce((sum, entry) => sum + bytes(entry), 0));
    for (const size of sizes) expect(size).toBeLessThan(LIMIT);
    expect(requests().map(({ length }) => length)).toEqual([4, 4, 4]);
  });
});
