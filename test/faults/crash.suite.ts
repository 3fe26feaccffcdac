import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedShop } from './audited-shop.js';
import { type Lab, tick } from './lab.js';
import { aboutTables, repeated, type Changes } from './told.js';
import { shop } from './worlds.js';
import { faultAt, writes, type Write } from './writes.js';

const MINUTE = 1 / 60;
const MOMENTS = ['before', 'after'] as const;
/** How people get what the dead process did not tell. */
const SEQUELS = ['the same run tried again, then the next audit', 'the next audit'] as const;

let lab: Lab;
/** What a whole audit tells each channel. */
let whole: Changes;

beforeAll(async () => {
  ({ lab, whole } = await auditedShop());
});
afterAll(() => lab.close());

it('crashes at every write that there is, and at no other', async () => {
  await lab.set(shop);
  await lab.audit(0);
  const isWrite = /^(s3:PutObject|sns:|events:|securityhub:)/;
  const happened = (await lab.calls()).filter(({ operation }) => isWrite.test(operation));
  expect(happened.map(({ operation, subject }) => nameOf(operation, subject))).toEqual(
    writes.map(({ on, about = '' }) => nameOf(on, about)),
  );
});

const cases = writes.flatMap((write) =>
  MOMENTS.flatMap((moment) => SEQUELS.map((sequel) => ({ ...write, write, moment, sequel }))),
);

describe.each(cases)('a process that dies $moment $name, then $sequel', (one) => {
  const { write, moment, sequel } = one;

  beforeAll(async () => {
    const after = moment === 'after';
    await lab.set(shop, [faultAt(write, { kind: 'crash', times: 1, after })]);
    expect(await lab.auditUntilCrash(0)).toBe(true);
    await lab.fail();
    if (sequel !== 'the next audit') await lab.audit(MINUTE, { scheduled: tick(0) });
    await lab.audit(6);
    await lab.audit(12);
  });

  it('is told completely', async () => {
    const told = await lab.changes();
    for (const [channel, changes] of Object.entries(told)) {
      const wanted = whole[channel as keyof Changes];
      expect([...new Set(aboutTables(changes))].sort()).toEqual([...wanted].sort());
    }
  });

  it('is told once, but by the channel whose mark was lost', async () => {
    const told = await lab.changes();
    for (const [channel, changes] of Object.entries(told)) {
      if (channel === markLost(write, moment)) continue;
      expect({ channel, twice: repeated(changes) }).toEqual({ channel, twice: [] });
    }
  });

  it('is told at most twice even by that one', async () => {
    for (const changes of Object.values(await lab.changes())) {
      for (const change of new Set(changes)) {
        expect(changes.filter((other) => other === change).length).toBeLessThanOrEqual(2);
      }
    }
  });
});

/** The channel that was told and of which the ledger does not know it. */
function markLost({ channel, marks }: Write, moment: 'before' | 'after'): string | undefined {
  return moment === 'after' ? channel : marks;
}

function nameOf(operation: string, subject: string): string {
  const [, folder = ''] = /(ledger|history\/)/.exec(subject) ?? [];
  if (operation !== 's3:PutObject') return operation;
  return folder === '' ? (/\/(commands\/|answers\/)?[^/]+$/.exec(subject)?.[0] ?? subject) : folder;
}
