import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { holdsAccounts, judgeSavedAccounts, writePage } from './accounts/saved.js';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { pageOf } from '../core/render/page/page.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { PAGE_KEY } from '../core/text/run-key.js';
import { writeReport } from './write-report.js';

/** The page of a saved run, made by the rules of today where the folder has none. */
export async function openFolder(folder: string, program: string): Promise<string> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(
      `'${folder}' is no folder; a run in a bucket needs --bucket (output BucketName of the stack), or its s3:// address`,
    );
  }
  const page = join(resolve(folder), PAGE_KEY);
  if (existsSync(page)) return page;
  if (await holdsAccounts(folder)) return writePage(folder, await judgeSavedAccounts(folder));
  const store = await FolderRunStore.open(folder);
  await writeReport(page, pageOf(await judgeSavedRun(store, catalogue), program));
  return page;
}
