import { prices, usdOf } from '../prices.js';
import { HOURS, INLINE_WAIT_SECONDS } from './assumptions.js';
import {
  billOf,
  extrapolated,
  measuredFleet,
  rows,
  secondsOf,
  totalOf,
  type Fleet,
  type Month,
} from './bill.js';
import { organizationCosts } from './organization.js';
import { about, goal, measurement, METRICS } from './sheet-text.js';
import { table } from './table.js';
import type { Measured } from './measured.js';

const intervals = [
  { name: 'every 15 minutes', hoursBetween: 0.25 },
  { name: 'every hour', hoursBetween: 1 },
  { name: 'every 6 hours, the default', hoursBetween: 6 },
] as const;

/** An amount too small for two digits says so. */
export function dollars(usd: number): string {
  if (usd === 0) return '0';
  return usd < 0.005 ? '< 0.01' : usd.toFixed(2);
}

/** The cost sheet, as Markdown. */
export function sheet(measured: Measured): string {
  const fleets = fleetsOf(measured);
  const metricsPerCluster = metricsOf(measured);
  const of = (hoursBetween: number): Month => ({
    ...{ hoursBetween, metricsPerCluster, deployed: measured.deployed },
  });
  return [
    about(measured),
    '## By interval',
    ...intervals.flatMap(({ name, hoursBetween }) => [
      `### Audits ${name}`,
      intervalTable(fleets, of(hoursBetween)),
    ]),
    '## Metrics, and one dollar',
    ...metricChoices(theThousand(fleets), of(1)),
    '## An organization',
    ...organizationCosts(theSmall(fleets), of(6), measured),
    '## Not in the tables',
    extras(measured, theThousand(fleets)),
    '## What was measured',
    measurement(fleets, measured.deployed),
    '## Prices',
    priceTable(),
    '',
  ].join('\n\n');
}

function fleetsOf({ fleets }: Measured): Fleet[] {
  const [small, large] = fleets.map(measuredFleet);
  if (small === undefined || large === undefined) {
    throw new Error(`two fleets should be measured, got ${fleets.length}`);
  }
  return [small, large, extrapolated(small, large, 10_000, 40)];
}

function theSmall([small]: readonly Fleet[]): Fleet {
  if (small === undefined) throw new Error('a small fleet should be measured');
  return small;
}

function theThousand(fleets: readonly Fleet[]): Fleet {
  const found = fleets.find(({ nodes }) => nodes === 1_000);
  if (found === undefined) throw new Error('a fleet of 1,000 nodes should be measured');
  return found;
}

/** The largest number of metrics in a line. A later audit, as a first one knows no drops. */
function metricsOf({ fleets }: Measured): number {
  return Math.max(...fleets.map(({ later }) => later.emf.metricsPerLine));
}

function intervalTable(fleets: readonly Fleet[], month: Month): string {
  const bills = fleets.map((fleet) => billOf(fleet, month));
  const head = fleets.map(
    ({ nodes, clusters, isEstimate }) =>
      `${nodes.toLocaleString('en')} nodes in ${clusters}${isEstimate ? ' (estimate)' : ''}`,
  );
  const totals = bills.map(totalOf);
  return table(
    ['USD a month', ...head],
    [
      ...rows.map((row) => [row, ...bills.map((bill) => dollars(bill[row]))]),
      ['**total**', ...totals.map((total) => `**${dollars(total)}**`)],
      [
        'total with `metrics: false`',
        ...bills.map((bill, at) => dollars((totals[at] ?? 0) - bill['CloudWatch metrics'])),
      ],
    ],
  );
}

function metricChoices(fleet: Fleet, month: Month): string[] {
  const bill = billOf(fleet, month);
  const without = totalOf(bill) - bill['CloudWatch metrics'];
  const choices: readonly (readonly [string, number])[] = [
    ['`metrics: false`', 0],
    ['1 cluster, every node fine', METRICS.fine],
    ['1 cluster, a finding open all month', METRICS.finding],
    ['1 cluster, drops at every audit', METRICS.drops],
    ['10 clusters, every node fine', 10 * METRICS.fine],
    ['10 clusters, a finding open in each all month', 10 * METRICS.finding],
    [
      'not built: the same figures in the log, read by Logs Insights, whose queries are not counted',
      0,
    ],
  ];
  const cost = (series: number) => usdOf('metric', series);
  return [
    goal(without),
    table(
      ['1,000 nodes every hour', 'metrics', 'USD for them', 'total USD', 'under 1 USD'],
      choices.map(([name, series]) => [
        name,
        String(series),
        dollars(cost(series)),
        dollars(without + cost(series)),
        without + cost(series) < 1 ? 'yes' : 'no',
      ]),
    ),
  ];
}

function extras({ deployed }: Measured, fleet: Fleet): string {
  const { alarms, dashboards, memoryMb } = deployed;
  const inline = usdOf('lambdaSecond', (HOURS * INLINE_WAIT_SECONDS * memoryMb) / 1024);
  const active = secondsOf(fleet.ordinary, deployed).toFixed(0);
  return [
    `- ${alarms} alarms: ${dollars(usdOf('alarm', alarms))} USD a month. CloudWatch gives 10 alarms of an account for nothing.`,
    `- ${dashboards} dashboard: nothing within the first 3 of an account, else ${dollars(usdOf('dashboard', dashboards))} USD a month.`,
    `- Looking: Athena bills what its queries scan, and the dashboard what its widgets ask for.`,
    `- Security Hub, off by default, bills each finding that is imported.`,
    `- A function that is not durable pays for its waits: ${INLINE_WAIT_SECONDS} s of ${memoryMb} MB are ${dollars(inline)} USD a month every hour, beside about ${active} s of work at 1,000 nodes, and it saves the row of durable operations.`,
    `- Free tiers, retries of the SDK, taxes, and a key of your own for bucket or topic.`,
  ].join('\n');
}

function priceTable(): string {
  return table(
    ['what', 'USD', 'for', 'page of AWS', 'read on', 'through'],
    Object.values(prices).map(({ what, usd, per, unit, page, read, via }) => [
      what,
      String(usd),
      `${per.toLocaleString('en')} ${unit}`,
      `<${page}>`,
      read,
      via,
    ]),
  );
}
