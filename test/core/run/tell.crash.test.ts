import { beforeEach, describe, expect, it } from 'vitest';
import { dying, ToldAudits } from '../../support/told-audits.js';

let audits: ToldAudits;

beforeEach(() => {
  audits = new ToldAudits();
});

describe('a tick that is delivered twice', () => {
  it('at once is told once: one of the two has the claim', async () => {
    await Promise.all([audits.audit('run-1'), audits.audit('run-1'), audits.audit('run-1')]);
    expect(audits.heard['topic']).toEqual(['run-1: new table-pressure']);
    expect(await audits.ledger()).not.toHaveProperty('outbox');
  });
});

describe('an audit that dies', () => {
  const died = (step: string, when: 'before' | 'after') =>
    expect(audits.audit('run-1', { orchestrator: dying(step, when) })).rejects.toThrow('died');

  it.each([
    ['judge', 'after'],
    ['claim', 'before'],
  ] as const)('at %s, %s, is told when it is tried again, once', async (step, when) => {
    await died(step, when);
    await audits.audit('run-1');
    await audits.audit('run-2', { after: 6 });
    expect(audits.heard['topic']).toEqual(['run-1: new table-pressure']);
  });

  it.each([
    ['claim', 'after'],
    ['tell-topic', 'before'],
  ] as const)('at %s, %s, is told by the next audit, once', async (step, when) => {
    await died(step, when);
    await audits.audit('run-1');
    expect(audits.heard['topic']).toBeUndefined();
    await audits.audit('run-2', { after: 6 });
    expect(audits.heard['topic']).toEqual(['run-1: new table-pressure']);
  });

  it.each([
    ['tell-topic', 'after'],
    ['told-topic', 'before'],
  ] as const)(
    'at %s, %s, is told twice: between the message and the ledger',
    async (step, when) => {
      await died(step, when);
      await audits.audit('run-1');
      await audits.audit('run-2', { after: 6 });
      expect(audits.heard['topic']).toEqual(Array(2).fill('run-1: new table-pressure'));
    },
  );

  it('after the ledger knows is told no more', async () => {
    await died('told-topic', 'after');
    await audits.audit('run-1');
    await audits.audit('run-2', { after: 6 });
    expect(audits.heard['topic']).toEqual(['run-1: new table-pressure']);
  });

  it.each([
    [14, undefined],
    [15, ['run-1: new table-pressure']],
  ])('holds its claim for 15 minutes: after %i', async (minutes, said) => {
    await died('claim', 'after');
    await audits.audit('run-2', { after: minutes / 60 });
    expect(audits.heard['topic']).toEqual(said);
  });
});
