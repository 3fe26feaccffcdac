import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { SnsAnnouncer, type Publication } from '../../lib/adapters/sns-announcer.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { startSimulator } from '../../lib/simulator/start-simulator.js';
import { wireAudit } from '../../lib/wire-audit.js';
import { whenSettled } from '../support/when-settled.js';
import { fleetAt, scenes, STEP, type Scene } from './fleet-of-a-day.js';

/** Ends only an audit that hangs. */
const NO_HURRY = 900_000;
const MORNING = Date.parse('2026-11-23T06:00:00.000Z');

/** Audits the account of one scene with the real clients and the real probe; gives what SNS took. */
async function play(at: number, scene: Scene, ledgers: MemoryLedger): Promise<Publication[]> {
  const simulator = await startSimulator({ fleet: fleetAt(at, scene) });
  const clients = simulatorClients(simulator);
  const store = new MemoryRunStore();
  const topic = new SnsAnnouncer(clients.sns, { topicArn: simulator.topicArn, store });
  const sent: Publication[] = [];
  try {
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName: simulator.documentName,
      store,
      announcers: {
        topic: {
          async publish(digest) {
            sent.push(await topic.send(digest));
            return [];
          },
        },
      },
      ledgers,
      recorders: {},
      mutes: [],
      policy: defaultPolicy,
      waits: [1],
    });
    const now = () => new Date(MORNING + at * STEP * 1_000).toISOString();
    const orchestrator = new InlineOrchestrator(() => whenSettled(clients.ssm));
    await auditFleet({ ...deps, now }, orchestrator, `audit-${at + 1}`);
  } finally {
    clients.destroy();
    await simulator.stop();
  }
  return sent;
}

/** JSON as a person would read it in a review. */
function pretty(text: string | undefined): string {
  return `${JSON.stringify(JSON.parse(text ?? 'null'), null, 2)}\n`;
}

describe('eight audits of one node group', () => {
  const ledgers = new MemoryLedger();
  const sent: Publication[][] = [];

  beforeAll(async () => {
    for (const [at, scene] of scenes.entries()) sent.push(await play(at, scene, ledgers));
  }, NO_HURRY);

  afterAll(() => {
    sent.length = 0;
  });

  it('send four messages, each when something changed, and nothing in the other four', () => {
    const counted = scenes.map(({ name }, at) => [name, sent[at]?.length]);
    expect(Object.fromEntries(counted)).toEqual({
      calm: 0,
      pressure: 1,
      'drop burst between audits': 1,
      mute: 0,
      'node replaced': 0,
      fix: 1,
      'reverted fix': 1,
      'all clear': 0,
    });
  });

  it.each(
    scenes.map(({ name }, at) => ({ name, at })).filter(({ at }) => [1, 2, 5, 6].includes(at)),
  )('tell $name as a person would want it told', async ({ name, at }) => {
    const [message] = sent[at] ?? [];
    const file = (kind: string) => `golden/${at + 1}-${name.replaceAll(' ', '-')}.${kind}`;
    const mail = `Subject: ${message?.subject ?? ''}\n\n${message?.bodies['email'] ?? ''}`;
    expect(mail.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    await expect(mail).toMatchFileSnapshot(file('mail.txt'));
    await expect(pretty(message?.bodies['https'])).toMatchFileSnapshot(file('chat.json'));
    await expect(pretty(message?.bodies['default'])).toMatchFileSnapshot(file('machine.json'));
  });
});
