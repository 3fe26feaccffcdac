import {
  FULL_CPU_MB,
  HOURS,
  LOG_BYTES_PER_INVOCATION,
  MAILS_PER_TELLING,
  SECONDS_PER_CALL,
  SECONDS_PER_START,
  TELLINGS,
} from './assumptions.js';
import { usdOf } from '../prices.js';
import { secondsOf, type AuditUse, type Fleet } from './bill.js';
import type { Measured } from './measured.js';
import { table } from './table.js';

/** What the sheet is, and how far it can be trusted. */
export function about({ measuredOn }: Measured): string {
  return `# What it costs

USD a month for one account and Region. Calls and bytes were measured on ${measuredOn}: the real audit, its real clients and the real probe, on the simulated account. \`npm run cost\` makes this page of \`cost.measured.json\` and \`scripts/prices.ts\`; \`npm run cost -- --measure\` measures again.

Prices are list prices of us-east-1, without free tiers, as read on the days that stand in the last table. They were read through others and not from AWS, so look at the page of AWS before you rely on one. No bill of a real account has been held against this page.

- A month has ${HOURS} hours, and a GB is 10^9 bytes.
- ${TELLINGS} audits a month tell something, to ${MAILS_PER_TELLING} addresses: a guess. Each is priced like the first audit of a fleet, which tells everything.
- Storage is what it comes to when the oldest run and the oldest history are being forgotten; until then it is less.
- Lambda is an estimate, and rather too high: ${SECONDS_PER_CALL} s for each call, one after the other; the processor time of this measurement, the simulated account included, times ${FULL_CPU_MB.toLocaleString('en')} / the memory in MB; and ${SECONDS_PER_START} s for each start. Waits cost a durable function nothing.
- What Lambda writes to the log by itself is taken as ${LOG_BYTES_PER_INVOCATION} bytes for each start.
- 10,000 nodes are an estimate: the line through the two fleets that were measured, by commands of 50 nodes for calls, by steps of 10 commands for files and operations, by nodes for bytes and processor time.`;
}

/** Metrics of an account that CloudWatch gives for nothing, for good. */
const FREE_METRICS = 10;

/** Whether 1,000 nodes every hour stay under one dollar, and what decides it. */
export function goal(without: number): string {
  const fine = without + usdOf('metric', METRICS.fine);
  return `The aim is 1,000 nodes every hour for less than 1 USD, metrics included. One cluster in which every node is fine costs ${fine.toFixed(2)} USD, ${fine < 1 ? 'and keeps it' : 'and misses it'}; each further cluster adds a metric. All but metrics is ${without.toFixed(2)}. A cluster with an open finding writes a second metric and one that drops a third, and then the aim is missed at list price. Each metric is billed for the hours that have a value: an audit every 6 hours pays a sixth. CloudWatch gives ${FREE_METRICS} metrics of an account for nothing, where nothing else uses them.`;
}

/** Metrics that a cluster writes: what is as it should be is not written. */
export const METRICS = { fine: 1, finding: 2, drops: 3 } as const;

/** What one audit of each fleet used. */
export function measurement(fleets: readonly Fleet[], deployed: Measured['deployed']): string {
  const lines: readonly (readonly [string, (use: AuditUse) => number])[] = [
    ['calls of AWS APIs', (use) => use.calls],
    ['of them PUT and LIST of S3', (use) => use.puts],
    ['of them GET of S3', (use) => use.gets],
    ['bytes under `runs/`', (use) => use.runBytes],
    ['bytes under `history/`', (use) => use.historyBytes],
    ['bytes under `ledger/`, written over', (use) => use.ledgerBytes],
    ['durable operations', (use) => use.operations],
    ['bytes of durable results', (use) => use.durableBytes],
    ['bytes of metrics in the log', (use) => use.emfBytes],
    ['starts of the function', (use) => use.invocations],
    ['seconds that Lambda bills (estimate)', (use) => secondsOf(use, deployed)],
  ];
  const shown = (value: number) => Math.round(value).toLocaleString('en');
  const telling: readonly (readonly [string, (use: AuditUse) => number])[] = [
    ['events, when it tells', (use) => use.events],
    ['bytes of the message, when it tells', (use) => use.messageBytes],
  ];
  return [
    'One audit in which nothing changed, an hour after the first. Runs are kept ' +
      `${deployed.runDays} days, history ${deployed.historyDays}, the log ${deployed.logDays}, durable executions ${deployed.executionDays}.`,
    table(
      ['one audit', ...fleets.map(({ nodes }) => `${nodes.toLocaleString('en')} nodes`)],
      [
        ...lines.map(([name, value]) => [name, ...fleets.map((one) => shown(value(one.ordinary)))]),
        ...telling.map(([name, value]) => [
          name,
          ...fleets.map((one) => shown(value(one.telling))),
        ]),
      ],
    ),
  ].join('\n\n');
}
