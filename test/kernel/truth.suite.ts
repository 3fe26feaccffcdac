import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { measureAll, scenarios } from './truth/measure-all.js';
import { notYetTrue } from './truth/not-yet-true.js';
import { holds, type Row } from './truth/row.js';
import { truthTable } from './truth/table.js';

/** Entries live as long as on a real node; bounded all the same. */
const MOST_MS = 330_000;

let rows: readonly Row[];

beforeAll(async () => {
  rows = await measureAll();
  const kernel = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
  process.stdout.write(truthTable(rows, { kernel, date: new Date().toISOString().slice(0, 10) }));
}, MOST_MS);

type Named = Pick<Row, 'remedy' | 'scenario'>;
const same = (a: Named) => (b: Named) => a.remedy === b.remedy && a.scenario === b.scenario;
const proven = scenarios.filter((one) => !notYetTrue.some(same(one)));

describe('what a remedy says, on this kernel', () => {
  it.each(proven)('is true of $remedy: $scenario', (one) => {
    const row = rows.find(same(one));
    expect(row).toSatisfy(holds);
  });

  it.each(notYetTrue)('is not yet true of $remedy: $scenario ($why)', (one) => {
    const row = rows.find(same(one));
    expect(row).toBeDefined();
    expect(row).not.toSatisfy(holds);
  });
});
