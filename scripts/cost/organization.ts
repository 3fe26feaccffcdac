import { usdOf } from '../prices.js';
import { MAILS_PER_TELLING } from './assumptions.js';
import { billOf, totalOf, type Fleet, type Month } from './bill.js';
import type { Measured } from './measured.js';
import { table } from './table.js';

/** Accounts and Regions of the organizations that are priced. */
const organizations = [
  { accounts: 30, regions: 4 },
  { accounts: 300, regions: 4 },
] as const;

const DIGESTS = 30;
const AUDITS = 120;
/** The digest of a hub reads and publishes: a thousand records take less. */
const DIGEST_SECONDS = 10;
/** List prices of a page of S3. */
const KEYS_PER_LIST = 1_000;

/** What an organization costs whose every account and Region has one small cluster. */
export function organizationCosts(fleet: Fleet, month: Month, measured: Measured): string[] {
  const bill = billOf(fleet, month);
  const audit = totalOf(bill);
  const row = (name: string, of: (auditors: number) => number) => [
    name,
    ...organizations.map(({ accounts, regions }) => of(accounts * regions).toFixed(2)),
  ];
  const alone = ownParts(measured.deployed);
  const withHub = (auditors: number) => auditors * audit + hub(auditors, measured);
  return [
    `Every account and Region has one cluster of ${fleet.nodes} nodes, and audits every 6 hours. Without free tiers: that of CloudWatch takes 10 alarms and 3 dashboards off in each account. Auditors of a hub have no alarms, no dashboard and no tables of their own: the hub tells who did not audit.`,
    table(
      [
        'USD a month',
        ...organizations.map(
          ({ accounts, regions }) => `${accounts} accounts x ${regions} Regions`,
        ),
      ],
      [
        row('each auditor alone', (auditors) => auditors * (audit + alone)),
        row('of these, alarms and dashboards', (auditors) => auditors * alone),
        row('**with a hub**', withHub),
        row('of these, the hub', (auditors) => hub(auditors, measured)),
        row(
          'with a hub and `metrics: false`',
          (auditors) => withHub(auditors) - auditors * bill['CloudWatch metrics'],
        ),
      ],
    ),
    "Deploying costs nothing but the code, which is in a bucket of each Region (a few MB), and StackSets are free. A key of the hub's own is not in the table.",
  ];
}

/** What an auditor that stands alone has for itself. */
function ownParts({ alarms, dashboards }: Measured['deployed']): number {
  return usdOf('alarm', alarms) + usdOf('dashboard', dashboards);
}

/** A record of each audit, a digest a day, its alarm and one dashboard. */
function hub(auditors: number, { deployed }: Measured): number {
  const records = usdOf('s3Put', auditors * AUDITS);
  const lists = usdOf('s3Put', DIGESTS * Math.ceil(auditors / KEYS_PER_LIST));
  const reads = usdOf('s3Get', DIGESTS * auditors);
  const runs = usdOf('lambdaSecond', (DIGESTS * DIGEST_SECONDS * deployed.memoryMb) / 1024);
  const told = usdOf('snsMail', DIGESTS * MAILS_PER_TELLING);
  return records + lists + reads + runs + told + usdOf('alarm', 1) + usdOf('dashboard', 1);
}
