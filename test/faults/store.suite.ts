import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedShop } from './audited-shop.js';
import { type Lab, tick, type Ran } from './lab.js';
import { readRows, storeKinds, storeRows } from './rows/store.js';
import { kinds } from './rows/row.js';
import { aboutTables, repeated, type Changes } from './told.js';
import { shop } from './worlds.js';
import { faultAt, writes } from './writes.js';

const MINUTE = 1 / 60;

let lab: Lab;
let whole: Changes;

beforeAll(async () => {
  ({ lab, whole } = await auditedShop());
});
afterAll(() => lab.close());

/** Everything is told once in the end; the channel of a lost mark may have been told twice. */
async function expectToldOnce(but?: string): Promise<void> {
  for (const [channel, changes] of Object.entries(await lab.changes())) {
    const wanted = [...whole[channel as keyof Changes]].sort();
    expect({ channel, told: [...new Set(aboutTables(changes))].sort() }).toEqual({
      channel,
      told: wanted,
    });
    if (channel !== but)
      expect({ channel, twice: repeated(changes) }).toEqual({ channel, twice: [] });
  }
}

const puts = storeRows.flatMap((row) =>
  storeKinds.map((kind) => ({ name: row.write.name, row, kind })),
);

describe.each(puts)('$name that the bucket never takes, $kind', ({ row, kind }) => {
  const { write, outcome } = row;
  let ran: Ran;

  beforeAll(async () => {
    await lab.set(shop, [faultAt(write, { kind })]);
    ran = await lab.audit(0);
  });

  it('is met, and the audit ends within three minutes', async () => {
    expect(await lab.met(kind)).toBe(true);
    expect(ran.seconds).toBeLessThanOrEqual(180);
  });

  if (outcome === 'ends') {
    it('fails the audit, and names operation and key', () => {
      expect(ran.error?.message).toContain('s3:PutObject');
      expect(ran.error?.message).toContain(write.about);
    });
  } else {
    it('is told all the same, and said', async () => {
      expect(ran.error).toBeUndefined();
      expect(aboutTables((await lab.changes()).topic)).toEqual(whole.topic);
      expect(JSON.stringify(ran.summary)).toContain('history');
    });
  }

  it('is told once in the end', async () => {
    await lab.fail();
    await lab.audit(6);
    await lab.audit(12);
    await expectToldOnce(write.marks);
  });
});

const reads = readRows.flatMap((row) => kinds.map((kind) => ({ ...row, kind })));

describe.each(reads)('$name that cannot be read, $kind', ({ on, about, kind }) => {
  it('fails the second audit in three minutes and says so; the third one tells nothing again', async () => {
    await lab.set(shop);
    await lab.audit(0);
    await lab.fail({ on, kind, about });
    const ran = await lab.audit(6);
    expect(ran.error?.message).toContain(on);
    expect(ran.error?.message).toContain(about);
    expect(ran.seconds).toBeLessThanOrEqual(180);
    expect(await lab.met(kind)).toBe(true);
    await lab.fail();
    await lab.audit(12);
    await expectToldOnce();
  });
});

describe.each(writes)('$name whose answer is lost', (write) => {
  const isPut = write.on === 's3:PutObject';

  it.each(['reset', 'hang'] as const)(
    'by a %s is told as if nothing had happened',
    async (kind) => {
      await lab.set(shop, [faultAt(write, { kind, times: 1, after: true })]);
      const ran = await lab.audit(0);
      expect(ran.error).toBeUndefined();
      expect(await lab.met(kind)).toBe(true);
      await lab.audit(MINUTE, { scheduled: tick(0) });
      await lab.audit(6);
      await expectToldOnce(isPut ? undefined : write.channel);
    },
  );
});
