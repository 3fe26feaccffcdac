import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { FolderRunStore } from '../../adapters/folder-run-store.js';
import { gapReasons, gapSubjects } from '../../core/node/gap.js';
import { partRecordOf, withName } from '../../core/organization/part-record.js';
import type { Place, PlaceGap } from '../../core/organization/part.js';
import { overviewOf } from '../../core/organization/overview.js';
import { overviewPage } from '../../core/render/organization/overview-page.js';
import { PAGE_KEY } from '../../core/text/run-key.js';
import type { Policy } from '../../core/judge/policy.js';
import { catalogue } from '../../core/run/catalogue.js';
import { judgeSavedRun } from '../../core/run/judged-run.js';
import { parsed } from '../../core/text/parsed.js';
import { present } from '../../core/text/present.js';
import { writeReport } from '../write-report.js';
import type { Audited } from './audit-all.js';

/** Beside the folders of the accounts: which audits there are, and which there are not. */
const ACCOUNTS_FILE = 'accounts.json';

const place = v.object({
  account: v.pipe(v.string(), v.regex(/^\d{12}$/, 'should be twelve digits')),
  name: v.exactOptional(v.string()),
  region: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'should be the name of a Region')),
});
const gap = v.object({
  ...place.entries,
  about: v.picklist([...gapSubjects, 'audit']),
  subject: v.string(),
  cluster: v.exactOptional(v.string()),
  operation: v.string(),
  reason: v.picklist(Object.keys(gapReasons) as (keyof typeof gapReasons)[]),
  detail: v.string(),
});
const fileSchema = v.object({
  schemaVersion: v.literal(1),
  audits: v.array(place),
  gaps: v.array(gap),
});

/** Where one of many runs is kept below a folder. */
export function folderOf(folder: string, { account, region }: Place): string {
  return join(folder, account, region);
}

/** Makes the folder for many runs. Fails if it holds some already: they must not mix. */
export async function createAccountsFolder(folder: string): Promise<void> {
  await mkdir(resolve(folder), { recursive: true });
  if (await textOf(folder)) {
    throw new Error(`'${folder}' already holds audits (${ACCOUNTS_FILE}): name a new folder`);
  }
}

/** Writes down which audits are in the folder. */
export async function writeAccounts(folder: string, audited: Audited): Promise<void> {
  const { records, gaps } = audited;
  const audits = records.map(({ account, region }) => ({
    account: account.id,
    ...present({ name: account.alias }),
    region,
  }));
  const missed = gaps.filter(({ about }) => about === 'audit');
  const text = JSON.stringify({ schemaVersion: 1, audits, gaps: missed }, undefined, 2);
  await writeReport(join(folder, ACCOUNTS_FILE), `${text}\n`);
  await writePage(folder, audited);
}

/** Writes the page over all of them beside, and gives its place. It leads to theirs. */
export async function writePage(folder: string, { records, gaps }: Audited): Promise<string> {
  const page = join(resolve(folder), PAGE_KEY);
  await writeReport(page, overviewPage({ overview: overviewOf(records, gaps), records }, true));
  return page;
}

/** Takes away what says that the folder holds audits. */
export async function forgetAccounts(folder: string): Promise<void> {
  await rm(join(folder, ACCOUNTS_FILE), { force: true });
  await rm(join(folder, PAGE_KEY), { force: true });
}

/** Whether a folder holds the runs of many audits. */
export async function holdsAccounts(folder: string): Promise<boolean> {
  return (await textOf(folder)) !== undefined;
}

/** The runs of a folder, judged again by the rules of this version. */
export async function judgeSavedAccounts(
  folder: string,
  policyFrom?: (saved: Policy) => Policy,
): Promise<Audited> {
  const file = parsed(fileSchema, JSON.parse((await textOf(folder)) ?? '{}'), {
    name: join(folder, ACCOUNTS_FILE),
  });
  const all = [];
  for (const where of file.audits) {
    const location = folderOf(folder, where);
    const store = await FolderRunStore.open(location);
    const { report, plan, cases } = await judgeSavedRun(store, catalogue, policyFrom);
    const who = withName(report.account ?? { id: where.account }, where.name);
    const part = { report: { ...report, account: who }, plan, cases };
    all.push({ where, part, record: partRecordOf(part, { account: who, location }) });
  }
  const within = all.flatMap(({ where, part }) =>
    (part.report.gaps ?? []).map((one) => ({ ...one, ...where })),
  );
  return {
    records: all.map(({ record }) => record),
    parts: all.map(({ part }) => part),
    gaps: [...within, ...(file.gaps as PlaceGap[])],
  };
}

async function textOf(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(resolve(folder), ACCOUNTS_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
