import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  billOf,
  extrapolated,
  measuredFleet,
  rows,
  totalOf,
  useOf,
  type Month,
} from '../../scripts/cost/bill.js';
import { deployedByDefault } from '../../scripts/cost/deployed.js';
import type { Measured } from '../../scripts/cost/measured.js';
import { dollars, sheet } from '../../scripts/cost/sheet.js';
import { prices, usdOf } from '../../scripts/prices.js';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
// A formatter may pad the columns of a table; its words are what must be fresh.
const words = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

const measured = JSON.parse(read('cost.measured.json')) as Measured;
const [small, large] = measured.fleets.map(measuredFleet);
if (small === undefined || large === undefined) throw new Error('two fleets are measured');

const month: Month = { hoursBetween: 1, metricsPerCluster: 3, deployed: measured.deployed };
import { METRICS } from '../../scripts/cost/sheet-text.js';

describe('docs/cost.md', () => {
  it('is what the measurement and the prices make; npm run cost makes it so', () => {
    expect(words(read('cost.md'))).toBe(words(sheet(measured)));
  });

  it('was measured of the fleets and the metrics that it speaks of', () => {
    expect(measured.fleets.map(({ nodes, clusters }) => [nodes, clusters])).toEqual([
      [10, 1],
      [1_000, 10],
    ]);
    for (const { later } of measured.fleets) {
      // Some nodes of these fleets are nearly full, and none drops.
      expect(later.emf.metricsPerLine).toBe(METRICS.finding);
    }
  });

  it('speaks of the deployment as it is today; npm run cost makes it so', () => {
    expect(measured.deployed).toEqual(deployedByDefault());
  });

  it('names for each price a page of AWS and a day', () => {
    for (const { page, read: day, usd, per } of Object.values(prices)) {
      expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9]+\/pricing\/$/);
      expect(day).toMatch(/^202\d-\d\d-\d\d$/);
      expect(usd / per).toBeGreaterThan(0);
    }
  });
});

describe('a bill', () => {
  const bill = billOf(large, month);

  it('adds up', () => {
    expect(totalOf(bill)).toBeCloseTo(Object.values(bill).reduce((sum, one) => sum + one, 0));
    expect(Object.keys(bill)).toEqual([...rows]);
  });

  it('has metrics for each cluster, by the hours that have one', () => {
    expect(bill['CloudWatch metrics']).toBeCloseTo(0.3 * 3 * 10);
    const at = (hoursBetween: number) => billOf(large, { ...month, hoursBetween });
    expect(at(0.25)['CloudWatch metrics']).toBeCloseTo(0.3 * 3 * 10);
    expect(at(6)['CloudWatch metrics']).toBeCloseTo((0.3 * 3 * 10) / 6);
  });

  it('counts each request that S3 bills', () => {
    const { ordinary, telling } = large;
    const puts = 700 * ordinary.puts + 30 * telling.puts;
    const gets = 700 * ordinary.gets + 30 * telling.gets;
    expect(bill['S3 requests']).toBeCloseTo(puts * 5e-6 + gets * 4e-7);
  });

  it('has nothing for the services whose calls are free', () => {
    expect(bill['SSM Run Command'] + bill['EC2 and EKS API']).toBe(0);
  });
});

describe('what one audit used', () => {
  const audit = {
    calls: {
      'S3.PutObject': 7,
      'S3.ListObjectsV2': 2,
      'S3.GetObject': 5,
      'EventBridge.entries': 9,
    },
    bytes: { runs: 1_000, history: 20, ledger: 3 },
    messageBytes: 4,
    orchestration: { steps: 8, waits: 2, maps: 2, branches: 4, bytes: 100, cpuSeconds: 1.5 },
    emf: { lines: 1, bytes: 50, metricsPerLine: 3 },
  };

  it('counts the execution, and a start for each wait', () => {
    expect(useOf(audit)).toMatchObject({ operations: 17, invocations: 3 });
  });

  it('counts an event as no call, and a list as a put', () => {
    expect(useOf(audit)).toMatchObject({ calls: 14, puts: 9, gets: 5, events: 9 });
  });
});

describe('a larger fleet', () => {
  it('stands on the line through the two that were measured', () => {
    const same = extrapolated(small, large, large.nodes, large.clusters);
    expect(same.ordinary).toEqual(large.ordinary);
  });

  it('has two more files for each ten commands', () => {
    const { ordinary } = extrapolated(small, large, 10_000, 40);
    expect(ordinary.puts - large.ordinary.puts).toBe(2 * (20 - 2));
  });

  it('has four more operations for each ten commands', () => {
    const { ordinary } = extrapolated(small, large, 10_000, 40);
    expect(ordinary.operations - large.ordinary.operations).toBe(4 * (20 - 2));
  });
});

describe('an amount', () => {
  it.each([
    [0, '0'],
    [0.0049, '< 0.01'],
    [0.005, '0.01'],
    [9, '9.00'],
  ])('of %d is shown as %s', (usd, text) => {
    expect(dollars(usd)).toBe(text);
  });

  it('is a price times what it is for', () => {
    expect(usdOf('s3Put', 2_000)).toBeCloseTo(0.01);
  });
});
