import { beforeEach, describe, expect, it } from 'vitest';
import { ToldAudits } from '../../support/told-audits.js';

let audits: ToldAudits;

beforeEach(() => {
  audits = new ToldAudits();
});

describe('a keeper of numbers that fails', () => {
  const recorders = { history: { record: () => Promise.reject(new Error('access denied')) } };

  it('keeps nobody from being told, and is spoken of in the next message', async () => {
    const summary = await audits.audit('run-1', { recorders });
    await audits.audit('run-2', { recorders, after: 1 });
    await audits.audit('run-3', { recorders, after: 2 });
    expect(summary.failed).toEqual({ history: 'access denied' });
    expect(audits.heard['topic']).toEqual([
      'run-1: new table-pressure',
      'run-2: history fails since 2026-11-23T08:00:00.000Z: access denied',
    ]);
  });

  it('is forgotten when it works again', async () => {
    await audits.audit('run-1', { recorders });
    await audits.audit('run-2', {
      recorders: { history: { record: () => Promise.resolve() } },
      after: 1,
    });
    expect(await audits.ledger()).not.toHaveProperty('channels');
  });

  it('is served before anybody is told', async () => {
    const order: string[] = [];
    const record = () => Promise.resolve(void order.push('record'));
    const publish = () => Promise.resolve(void order.push('tell')).then(() => []);
    await audits.audit('run-1', {
      recorders: { history: { record } },
      announcers: { topic: { publish } },
    });
    expect(order).toEqual(['record', 'tell']);
  });
});
