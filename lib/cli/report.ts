import { writeFile } from 'node:fs/promises';
import { Command } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { pageOf } from '../core/render/page/page.js';
import { PROGRAM } from '../program.js';
import type { Finish } from './finish.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { showReport } from './show-report.js';
import type { Terminal } from './terminal.js';

/** `report`: judges a saved run again, by the rules of this version. Needs no credentials. */
export function reportCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('report')
    .description('judge a saved run again, without AWS')
    .requiredOption('--from <dir>', 'folder that `audit --save` filled');
  return withPolicyOptions(command, 'what the run was judged by')
    .option('--json', 'print the report as JSON')
    .option('--html <file>', 'write it as one page to look at, too')
    .addHelpText('after', '\nExit status: as of audit.')
    .action(async ({ from, json, html, ...options }) => {
      const policyFrom = await policyOverSaved(options);
      const store = await FolderRunStore.open(from);
      const judged = await judgeSavedRun(store, catalogue, policyFrom);
      if (html !== undefined) await writeFile(html, pageOf(judged, PROGRAM));
      finish(showReport(judged.report, json === true, terminal));
    });
}
