import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedShop } from './audited-shop.js';
import { type Lab, type Ran } from './lab.js';
import { channelRows } from './rows/channels.js';
import { kinds } from './rows/row.js';
import { aboutTables, repeated, type Changes } from './told.js';
import { shop } from './worlds.js';

let lab: Lab;
let whole: Changes;

beforeAll(async () => {
  ({ lab, whole } = await auditedShop());
});
afterAll(() => lab.close());

async function histories(): Promise<number> {
  return (await lab.account.order('keys', 'history/')).length;
}

const cases = channelRows.flatMap((row) => kinds.map((kind) => ({ ...row, kind })));

describe.each(cases)('$operation, $kind for three audits', ({ channel, operation, kind }) => {
  const ran: Ran[] = [];
  let whileBroken: Changes;

  beforeAll(async () => {
    ran.length = 0;
    await lab.set(shop, [{ on: operation, kind }]);
    for (const hours of [0, 6, 12]) ran.push(await lab.audit(hours));
    whileBroken = await lab.changes();
    await lab.fail();
    for (const hours of [15, 18]) ran.push(await lab.audit(hours));
  });

  it('is met, and fails no audit and holds none up', async () => {
    expect(await lab.met(kind)).toBe(true);
    expect(ran.map(({ error }) => error)).toEqual(ran.map(() => undefined));
    for (const { seconds } of ran) expect(seconds).toBeLessThanOrEqual(180);
  });

  it('keeps the other channels told, once', () => {
    for (const [other, changes] of Object.entries(whileBroken)) {
      const wanted = other === channel ? [] : whole[other as keyof Changes];
      expect({ other, told: aboutTables(changes) }).toEqual({ other, told: wanted });
    }
  });

  it('is told when it works again, once', async () => {
    const told = (await lab.changes())[channel];
    expect(repeated(told)).toEqual([]);
    expect(aboutTables(told).sort()).toEqual([...whole[channel]].sort());
  });

  it('is said in the mail, and in what the audit returns', async () => {
    const { topic } = await lab.told();
    expect(topic.map(({ bodies }) => bodies['email']).join('\n')).toContain(channel);
    expect(JSON.stringify(ran[0]?.summary)).toContain(channel);
  });

  it('loses no history', async () => {
    expect(await histories()).toBe(5);
  });
});

const items = channelRows.filter(({ channel }) => channel !== 'topic');

describe.each(items)('$operation that refuses one of its items for ever', (row) => {
  const { channel, operation } = row;
  const refused = 'table-pressure/beta/api';

  beforeAll(async () => {
    await lab.set(shop, [{ on: operation, kind: 'refused-items', about: refused }]);
    for (const hours of [0, 6, 12, 18]) await lab.audit(hours);
  });

  it('tells all others once', async () => {
    const told = await lab.changes();
    for (const [name, changes] of Object.entries(told)) {
      const all = whole[name as keyof Changes];
      const wanted = name === channel ? all.filter((one) => !one.includes(refused)) : all;
      expect({ name, told: aboutTables(changes).sort() }).toEqual({
        name,
        told: [...wanted].sort(),
      });
    }
  });

  it('is not asked for ever', async () => {
    const calls = (await lab.calls()).filter((call) => call.operation === operation);
    expect(await lab.met('refused-items')).toBe(true);
    expect(calls.length).toBeLessThanOrEqual(2);
  });

  it('is said in the mail', async () => {
    const { topic } = await lab.told();
    expect(topic.map(({ bodies }) => bodies['email']).join('\n')).toContain(channel);
  });
});

describe.each(items)('$operation that cannot take one of its items for two audits', (row) => {
  const { channel, operation } = row;
  const refused = 'table-pressure/beta/api';

  it('is told that one later, and every other once', async () => {
    await lab.set(shop, [{ on: operation, kind: 'broken-items', about: refused }]);
    for (const hours of [0, 6]) await lab.audit(hours);
    expect(await lab.met('broken-items')).toBe(true);
    await lab.fail();
    for (const hours of [12, 18]) await lab.audit(hours);
    const told = await lab.changes();
    for (const [name, changes] of Object.entries(told)) {
      expect({ name, told: aboutTables(changes).sort() }).toEqual({
        name,
        told: [...whole[name as keyof Changes]].sort(),
      });
    }
    expect(channel).not.toBe('topic');
  });
});

describe('Security Hub that is not enabled', () => {
  it('loses no mail, no event and no history', async () => {
    await lab.set(shop, [{ on: 'securityhub:BatchImportFindings', kind: 'disabled' }]);
    for (const hours of [0, 6, 12]) await lab.audit(hours);
    const told = await lab.changes();
    expect(await lab.met('disabled')).toBe(true);
    expect(aboutTables(told.topic)).toEqual(whole.topic);
    expect(told.events).toEqual(whole.events);
    expect(await histories()).toBe(3);
  });
});
