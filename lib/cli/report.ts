import { Command } from '@commander-js/extra-typings';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { gatherEvidence } from '../core/run/gather-evidence.js';
import { judge } from '../core/judge/judge.js';
import { rules } from '../core/rules/index.js';
import type { Finish } from './finish.js';
import { resolveSettings, withPolicyOptions } from './settings.js';
import { showReport } from './show-report.js';
import type { Terminal } from './terminal.js';

/** `report`: judges a saved run again, by the rules of this version. Needs no credentials. */
export function reportCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('report')
    .description('judge a saved run again, without AWS')
    .requiredOption('--from <dir>', 'folder that `audit --save` filled');
  return withPolicyOptions(command)
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExit status: as of audit.')
    .action(async ({ from, json, ...options }) => {
      const { policy } = await resolveSettings(options);
      const evidence = await gatherEvidence(await FolderRunStore.open(from));
      finish(showReport(judge(evidence, rules, policy), json === true, terminal));
    });
}
