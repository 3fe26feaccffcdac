import { beforeEach, describe, expect, it } from 'vitest';
import type { Announcer } from '../../../lib/core/run/ports.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { broken, ToldAudits } from '../../support/told-audits.js';

let audits: ToldAudits;

beforeEach(() => {
  audits = new ToldAudits();
});

describe('a channel that fails', () => {
  const half = () => ({ topic: audits.channel('topic'), hub: broken });

  it('keeps no other channel from being told, and fails no audit', async () => {
    const summary = await audits.audit('run-1', {
      announcers: { hub: broken, topic: audits.channel('topic') },
    });
    expect(audits.heard['topic']).toEqual(['run-1: new table-pressure']);
    expect(summary.failed).toEqual({ hub: 'no route to host' });
  });

  it('is told all that it missed when it is back, and what others took is told them once', async () => {
    for (const at of [1, 2, 3]) {
      const entries = at === 3 ? 20 : 80;
      await audits.audit(`run-${at}`, { announcers: half(), after: at, entries });
    }
    const both = { topic: audits.channel('topic'), hub: audits.channel('hub') };
    await audits.audit('run-4', { announcers: both, after: 4, entries: 20 });
    expect(audits.heard['hub']).toEqual([
      'run-1: new table-pressure',
      expect.stringMatching(/^run-2: hub fails since /),
      'run-3: resolved table-pressure: ' +
        (audits.heard['topic']?.[2]?.split(': ').slice(2).join(': ') ?? ''),
    ]);
    expect(audits.heard['topic']?.map((one) => one.split(':')[0])).toEqual([
      'run-1',
      'run-2',
      'run-3',
    ]);
    expect(await audits.ledger()).not.toHaveProperty('outbox');
    expect(await audits.ledger()).not.toHaveProperty('channels');
  });

  it('is spoken of once through the channels that work', async () => {
    for (const at of [1, 2, 3, 4])
      await audits.audit(`run-${at}`, { announcers: half(), after: at });
    expect(audits.heard['topic']).toEqual([
      'run-1: new table-pressure',
      'run-2: hub fails since 2026-11-23T09:00:00.000Z: no route to host; 1 message for it will be tried again',
    ]);
  });

  it('is given up after twelve audits, and people are told what it will not hear', async () => {
    for (let at = 1; at <= 16; at += 1) {
      await audits.audit(`run-${at}`, { announcers: half(), after: at });
    }
    const said = audits.heard['topic'] ?? [];
    expect(said.filter((one) => one.includes('will not hear of'))).not.toEqual([]);
    expect((await audits.ledger()).outbox?.map(({ runId }) => runId)).not.toContain('run-1');
  });

  it('is owed nothing when it is switched off', async () => {
    await audits.audit('run-1', { announcers: half() });
    expect((await audits.ledger()).outbox).toHaveLength(1);
    await audits.audit('run-2', { after: 1 });
    expect(await audits.ledger()).not.toHaveProperty('outbox');
    expect(await audits.ledger()).not.toHaveProperty('channels');
  });
});

describe('a channel that cannot take one of many messages', () => {
  const poisoned: Announcer = {
    publish: (digest) =>
      digest.runId === 'run-1' ? broken.publish(digest) : audits.channel('hub').publish(digest),
  };

  it('takes the later ones all the same', async () => {
    const announcers = { topic: audits.channel('topic'), hub: poisoned };
    await audits.audit('run-1', { announcers });
    await audits.audit('run-2', { announcers, after: 1, entries: 20 });
    expect(audits.heard['hub']).toEqual([
      expect.stringContaining('run-2: resolved table-pressure'),
    ]);
    expect((await audits.ledger()).outbox?.map(({ runId }) => runId)).toEqual(['run-1']);
  });

  it('takes the newest one after the oldest one failed, though others are in between', async () => {
    const old = ['run-1', 'run-2'];
    const hub: Announcer = {
      publish: (digest) =>
        (old.includes(digest.runId) ? broken : audits.channel('hub')).publish(digest),
    };
    const announcers = { topic: audits.channel('topic'), hub };
    await audits.audit('run-1', { announcers });
    await audits.audit('run-2', { announcers, after: 1, entries: 20 });
    await audits.audit('run-3', { announcers, after: 2 });
    expect(audits.heard['hub']).toEqual([
      expect.stringContaining('run-3: reopened table-pressure'),
    ]);
    expect((await audits.ledger()).outbox?.map(({ runId }) => runId)).toEqual(old);
  });
});

describe('a channel that takes a part', () => {
  const two = aFleet([
    aNode({}, { instanceId: 'i-1', nodeGroup: 'blue' }).node,
    aNode({}, { instanceId: 'i-2', nodeGroup: 'green' }).node,
  ]);
  const GREEN = 'table-pressure/example/green';
  const heard: string[][] = [];
  const part = (forGood: boolean): Announcer => ({
    publish({ transitions }) {
      heard.push(transitions.map(({ finding }) => finding.id));
      return Promise.resolve([{ id: GREEN, why: 'MalformedDetail', forGood }]);
    },
  });
  const hears: Announcer = {
    publish({ transitions }) {
      heard.push(transitions.map(({ finding }) => finding.id));
      return Promise.resolve([]);
    },
  };

  beforeEach(() => heard.splice(0));

  it('hears the rest in the next audit, and only that', async () => {
    await audits.audit('run-1', { of: two, announcers: { hub: part(false) } });
    expect((await audits.ledger()).outbox?.[0]?.owed).toEqual({ hub: { left: [GREEN], tries: 1 } });
    await audits.audit('run-2', { of: two, announcers: { hub: hears }, after: 1 });
    expect(heard).toEqual([['table-pressure/example/blue', GREEN], [GREEN], []]);
    expect(await audits.ledger()).not.toHaveProperty('outbox');
  });

  it('is not asked again for what it refuses for good', async () => {
    await audits.audit('run-1', { of: two, announcers: { hub: part(true) } });
    const { outbox, channels } = await audits.ledger();
    expect(outbox).toBeUndefined();
    expect(channels).toMatchObject({ hub: { error: 'MalformedDetail', lost: 1 } });
    await audits.audit('run-2', { of: two, announcers: { hub: hears }, after: 1 });
    expect(heard).toEqual([['table-pressure/example/blue', GREEN], []]);
    expect(await audits.ledger()).not.toHaveProperty('channels');
  });
});
