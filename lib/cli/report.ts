import { Command } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { holdsAccounts, judgeSavedAccounts } from './accounts/saved.js';
import { checkOverviewOptions, showOverview } from './accounts/show-overview.js';
import type { Finish } from './finish.js';
import { withFailOn, withReportOptions } from './report-options.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { showReport } from './show-report.js';
import type { Terminal } from './terminal.js';

/** `report`: judges a saved run again, by the rules of this version. Needs no credentials. */
export function reportCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('report')
    .description('judge a saved run again, without AWS')
    .requiredOption('--from <dir>', 'folder that `audit --save` filled');
  return withFailOn(withReportOptions(withPolicyOptions(command, 'what the run was judged by')))
    .addHelpText('after', '\nExit status: as of audit.')
    .action(async ({ from, failOn, ...options }) => {
      const policyFrom = await policyOverSaved(options);
      if (await holdsAccounts(from)) {
        checkOverviewOptions(options);
        const audited = await judgeSavedAccounts(from, policyFrom);
        finish(await showOverview(audited, options, terminal, { saved: from, failOn }));
        return;
      }
      const store = await FolderRunStore.open(from);
      const judged = await judgeSavedRun(store, catalogue, policyFrom);
      finish(await showReport(judged, options, terminal, { saved: from, failOn }));
    });
}
