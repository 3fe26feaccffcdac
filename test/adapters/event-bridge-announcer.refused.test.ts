import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import type { Transition } from '../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from '../support/a-transition.js';

const eventBridge = mockClient(EventBridgeClient);

function publish(transitions: readonly Transition[]) {
  const announcer = new EventBridgeAnnouncer(new EventBridgeClient({ region: 'eu-west-1' }));
  return announcer.publish(aDigest(transitions));
}

/** The ids of the findings in each request, in order. */
const requests = () =>
  eventBridge.commandCalls(PutEventsCommand).map(({ args }) =>
    (args[0].input.Entries ?? []).map(({ Detail = '' }) => {
      const { finding } = JSON.parse(Detail) as { finding: { id: string } };
      return finding.id;
    }),
  );

/** Changes with distinct findings. */
function many(count: number): Transition[] {
  return Array.from({ length: count }, (_, n) => aTransition({ id: `f-${n}` }));
}

beforeEach(() => {
  eventBridge.reset();
});

describe('what EventBridge refuses', () => {
  it('sends once more only what was refused', async () => {
    const refused = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };
    eventBridge
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 2, Entries: [refused, { EventId: '1' }, refused] })
      .resolves({ FailedEntryCount: 0, Entries: [{ EventId: '2' }, { EventId: '3' }] });
    await publish(many(3));
    expect(requests()).toEqual([
      ['f-0', 'f-1', 'f-2'],
      ['f-0', 'f-2'],
    ]);
  });

  it('leaves what is refused twice to be tried again, and sends all others', async () => {
    const refused = { ErrorCode: 'InternalFailure', ErrorMessage: 'try later' };
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [refused] });
    const why = 'InternalFailure: try later';
    expect(await publish(many(11))).toEqual([{ id: 'f-0', why, forGood: false }]);
    expect(requests().map(({ length }) => length)).toEqual([10, 1, 2]);
  });

  it('gives up what is refused for what it is, without a second try', async () => {
    const refused = { ErrorCode: 'MalformedDetail', ErrorMessage: 'no JSON' };
    eventBridge.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }, refused] });
    const why = 'MalformedDetail: no JSON';
    expect(await publish(many(2))).toEqual([{ id: 'f-1', why, forGood: true }]);
    expect(requests()).toHaveLength(1);
  });

  it('fails when the first request does, as nothing was taken', async () => {
    eventBridge.on(PutEventsCommand).rejects(new Error('no network'));
    await expect(publish(many(11))).rejects.toThrow('no network');
    expect(requests()).toHaveLength(1);
  });

  it('leaves the rest to be tried again when a later request fails', async () => {
    eventBridge.on(PutEventsCommand).resolvesOnce({}).rejects(new Error('no network'));
    const untaken = await publish(many(21));
    expect(untaken.map(({ id }) => id)).toEqual(
      many(21)
        .slice(10)
        .map((one) => one.finding.id),
    );
    expect(new Set(untaken.map(({ why, forGood }) => `${why} ${forGood}`))).toEqual(
      new Set(['no network false']),
    );
  });
});
