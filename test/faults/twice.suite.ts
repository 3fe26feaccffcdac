import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedShop } from './audited-shop.js';
import { type Lab, tick } from './lab.js';
import { aboutTables, type Changes } from './told.js';
import { shop } from './worlds.js';

const MINUTE = 1 / 60;

let lab: Lab;
let whole: Changes;

beforeAll(async () => {
  ({ lab, whole } = await auditedShop());
});
afterAll(() => lab.close());

/** Deliveries of ticks, one story each. */
const stories: Readonly<Record<string, () => Promise<unknown>>> = {
  'a tick that is delivered again a minute later': async () => {
    await lab.audit(0);
    await lab.audit(MINUTE, { scheduled: tick(0) });
  },
  'a tick that is delivered three times': async () => {
    await lab.audit(0);
    await lab.audit(MINUTE, { scheduled: tick(0) });
    await lab.audit(2 * MINUTE, { scheduled: tick(0) });
  },
  'a tick that is delivered twice at once': () => lab.auditTwice(0, [tick(0), tick(0)]),
  'two audits at once': () => lab.auditTwice(0, [tick(0), tick(MINUTE)]),
  'a tick that is delivered twice at once, and again an hour later': async () => {
    await lab.auditTwice(0, [tick(0), tick(0)]);
    await lab.audit(1, { scheduled: tick(0) });
  },
  'a tick that is delivered again after the next one': async () => {
    await lab.audit(0);
    await lab.audit(6);
    await lab.audit(6 + MINUTE, { scheduled: tick(0) });
  },
  'a tick that is delivered again while the mail is broken': async () => {
    await lab.fail({ on: 'sns:Publish', kind: 'refused' });
    await lab.audit(0);
    await lab.audit(MINUTE, { scheduled: tick(0) });
    await lab.fail();
  },
  'a tick that is delivered twice at once while the mail is throttled for a while': async () => {
    await lab.fail({ on: 'sns:Publish', kind: 'throttled', times: 3 });
    await lab.auditTwice(0, [tick(0), tick(0)]);
  },
};

describe.each(Object.keys(stories))('%s', (name) => {
  beforeAll(async () => {
    await lab.set(shop);
    await stories[name]?.();
    await lab.fail();
    await lab.audit(12);
    await lab.audit(18);
  });

  it('is told once by each channel', async () => {
    const told = await lab.changes();
    for (const [channel, changes] of Object.entries(told)) {
      const wanted = whole[channel as keyof Changes];
      expect({ channel, told: aboutTables(changes).sort() }).toEqual({
        channel,
        told: [...wanted].sort(),
      });
    }
  });
});
