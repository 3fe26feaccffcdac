import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pressed } from './hub.js';
import { Lab } from './lab.js';
import { aboutTables } from './told.js';

const AUDITS = [1, 2, 3, 4, 5];

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

describe.each(['refused', 'disabled', 'hang'] as const)(
  'Security Hub, %s for five audits',
  (kind) => {
    beforeAll(async () => {
      await lab.set(pressed(0), [{ on: 'securityhub:BatchImportFindings', kind }]);
      for (const count of AUDITS) {
        await lab.account.order('become', pressed(count));
        await lab.audit(6 * count);
      }
    });

    it('costs no mail: each change is mailed once', async () => {
      expect(await lab.met(kind)).toBe(true);
      const { topic } = await lab.changes();
      expect(aboutTables(topic)).toHaveLength(AUDITS.length);
      expect(new Set(aboutTables(topic)).size).toBe(AUDITS.length);
    });

    it('costs no event', async () => {
      const { events, topic } = await lab.changes();
      expect(events).toEqual(topic);
    });

    it('costs no history: five of five audits are in it', async () => {
      expect(await lab.account.order('keys', 'history/')).toHaveLength(AUDITS.length);
    });

    it('is given everything when it works again', async () => {
      await lab.fail();
      await lab.audit(36);
      const { topic, 'security-hub': hub } = await lab.changes();
      expect([...hub].sort()).toEqual([...topic].sort());
    });
  },
);
