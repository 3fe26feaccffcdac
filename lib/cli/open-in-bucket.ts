import { callerAccount } from '../adapters/account-identity.js';
import type { AwsClients } from '../adapters/aws-clients.js';
import { S3RunPages } from '../adapters/s3-run-pages.js';
import { needed } from '../adapters/service-error.js';
import { present } from '../core/text/present.js';
import { PAGE_KEY } from '../core/text/run-key.js';
import type { WantedRun } from './open-what.js';

/** Stands for the newest run that has a page. */
export const LATEST = 'latest';

/** How many runs are looked at for it: some are under way, or only tried out the messages. A house choice. */
const LOOKED_AT = 20;

/** A page that an address opens, for a while. */
export interface OpenedRun {
  readonly runId: string;
  /** The run: an `s3://` address. */
  readonly location: string;
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
  /** True: the credentials that signed it end sooner than was asked for. */
  readonly endsWithCredentials?: true;
  /** The newest run, if it has no page and an older one is shown. */
  readonly newer?: string;
}

/** Signs an address for the page of a run. Fails where there is no such page, and says what there is. */
export async function addressOf(
  clients: AwsClients,
  wanted: WantedRun,
  seconds: number,
  now: Date,
): Promise<OpenedRun> {
  const pages = new S3RunPages(clients.s3, {
    bucket: wanted.bucket,
    account: wanted.account ?? (await ownAccount(clients)),
    region: wanted.region ?? (await clients.region()),
  });
  const { runId, newer } = await runWithPage(pages, wanted.runId);
  const { expiration } = await clients.s3.config.credentials();
  const left = expiration === undefined ? Infinity : (expiration.getTime() - now.getTime()) / 1_000;
  const lasts = Math.max(1, Math.floor(Math.min(seconds, left)));
  return {
    runId,
    location: pages.locationOf(runId),
    url: await pages.address(runId, lasts),
    expiresAt: new Date(now.getTime() + lasts * 1_000).toISOString(),
    ...(lasts < seconds && { endsWithCredentials: true as const }),
    ...present({ newer }),
  };
}

async function ownAccount({ sts }: AwsClients): Promise<string> {
  const account = await needed('sts:GetCallerIdentity', 'of the caller', callerAccount(sts));
  if (account === undefined) throw new Error('the service names no account of the caller');
  return account;
}

type Chosen = Pick<OpenedRun, 'runId' | 'newer'>;

async function runWithPage(pages: S3RunPages, named: string): Promise<Chosen> {
  if (named !== LATEST && (await pages.has(named))) return { runId: named };
  const names = await pages.names();
  const [newest] = names;
  if (newest === undefined) {
    throw new Error(
      `there is no run in ${pages.runs}: --account and --region name what was audited`,
    );
  }
  if (named === LATEST) return latest(pages, names, newest);
  if (!names.includes(named)) {
    throw new Error(`there is no run '${named}' in ${pages.runs}; the newest is '${newest}'`);
  }
  throw new Error(
    `the run at ${pages.locationOf(named)} has no ${PAGE_KEY}: it is under way, or of an older version; a copy of it has one: aws s3 cp --recursive ${pages.locationOf(named)} run/, then open run/`,
  );
}

async function latest(
  pages: S3RunPages,
  names: readonly string[],
  newest: string,
): Promise<Chosen> {
  for (const runId of names.slice(0, LOOKED_AT)) {
    if (await pages.has(runId)) return { runId, ...(runId !== newest && { newer: newest }) };
  }
  throw new Error(
    `none of the newest ${Math.min(names.length, LOOKED_AT)} runs in ${pages.runs} has a ${PAGE_KEY}`,
  );
}
