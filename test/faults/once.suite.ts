import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedShop } from './audited-shop.js';
import { nodesOf } from './fake/world.js';
import type { Lab } from './lab.js';
import { operations, passing } from './rows/once.js';
import type { Changes } from './told.js';
import { shop } from './worlds.js';

let lab: Lab;
let whole: Changes;

beforeAll(async () => {
  ({ lab, whole } = await auditedShop());
});
afterAll(() => lab.close());

it('knows every operation that an audit asks', async () => {
  await lab.set(shop);
  await lab.audit(0);
  const asked = (await lab.calls()).map(({ operation }) => operation);
  const ofIdentity = /^(sts|iam):/;
  expect([...new Set(asked)].filter((one) => !ofIdentity.test(one)).sort()).toEqual(
    [...operations].sort(),
  );
});

describe.each(operations)('%s', (on) => {
  it.each(passing)('that fails once, %s, changes nothing', async (kind) => {
    await lab.set(shop, [{ on, kind, times: 1 }]);
    const ran = await lab.audit(0);
    expect(ran.error).toBeUndefined();
    expect(await lab.met(kind)).toBe(true);
    expect(ran.report?.nodes).toEqual({
      discovered: nodesOf(shop).length,
      read: nodesOf(shop).length,
      silent: 0,
    });
    expect(ran.report?.gaps).toBeUndefined();
    expect(ran.seconds).toBeLessThanOrEqual(180);
    expect(await lab.changes()).toEqual(whole);
  });
});
