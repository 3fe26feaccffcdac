import { Command } from '@commander-js/extra-typings';
import { awsClients } from '../adapters/aws-clients.js';
import type { ClusterGlobs } from '../adapters/eks-clusters.js';
import { FolderLedger } from '../adapters/folder-ledger.js';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { MemoryLedger } from '../adapters/memory-ledger.js';
import { MemoryRunStore } from '../adapters/memory-run-store.js';
import { SHELL_DOCUMENT } from '../adapters/ssm-send.js';
import type { GroupCase } from '../core/plan/group-case.js';
import type { Progress } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { requestSeconds } from '../env.js';
import { VERSION } from '../version.js';
import { auditAccounts } from './accounts/audit-accounts.js';
import { isOfSeveral, withAccountsOptions } from './accounts/options.js';
import { roleCredentials } from './accounts/role-sessions.js';
import { askingAws } from './asking-aws.js';
import { auditOnce, type AskedOnce } from './audit-once.js';
import { EXIT_STATUS } from './exit-codes.js';
import type { Finish } from './finish.js';
import { printedLines } from '../core/render/lines.js';
import { untilInterrupted } from './interrupt.js';
import { withProgress } from './progress.js';
import { withFailOn, withReportOptions, type ReportOptions } from './report-options.js';
import { resolveSettings, withSettingsOptions, type Settings } from './settings.js';
import { SentCommands } from './sent-commands.js';
import { savedChanges, savedJudgement, showReport } from './show-report.js';
import type { Terminal } from './terminal.js';
import { lookAgain, watchOption } from './watch.js';

/** The document that the stack deploys. */
export const PROBE_DOCUMENT = 'conntrack-auditor-probe';

/** `audit`: the whole audit from a laptop, with the caller's own credentials. */
export function auditCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('audit')
    .description('audit the EKS nodes of one account and Region, or of many')
    .argument(
      '[clusters...]',
      'names or globs of clusters (default: those of the configuration, or every cluster)',
    )
    .option('--exclude <globs...>', 'clusters to leave out')
    .option('--region <region>', 'Region (default: as the AWS SDK finds it)')
    .option('--profile <name>', 'profile of ~/.aws/config (default: as the AWS SDK finds it)')
    .option(
      '--document <name>',
      `SSM document to run; ${SHELL_DOCUMENT} where the stack is not deployed`,
      PROBE_DOCUMENT,
    )
    .option('--save <dir>', 'keep all readings, for `report --from`')
    .option(
      '--ledger <dir>',
      'remember this audit here, judge growth since the last one, and say what changed',
    );
  return withFailOn(withReportOptions(withSettingsOptions(withAccountsOptions(command))))
    .option('--allow-empty', 'take no cluster, or no node, for an answer and not for an error')
    .option('--watch <time>', 'look again this long after each look, such as 5m', watchOption)
    .addHelpText('after', `\n${EXIT_STATUS}\nNothing is changed on nodes: the probe only reads.`)
    .action(async (named, options) => {
      const { save, ledger, watch } = options;
      const settings = await resolveSettings(options);
      const clusters = chosenClusters(named, options, settings);
      const ledgers = ledger === undefined ? new MemoryLedger() : new FolderLedger(ledger);
      const asked = { ...options, ...settings, clusters, ledgers, sent: new SentCommands() };
      if (isOfSeveral(options)) {
        finish(await auditAccounts({ ...options, ...settings, clusters }, terminal));
        return;
      }
      const goesOn = () => asked.sent.goesOn();
      if (watch !== undefined) {
        if (save !== undefined) throw new Error('--save keeps one audit, and --watch makes many');
        await untilInterrupted(terminal, { goesOn }, (signal) => {
          const look = (before?: readonly GroupCase[]) =>
            lookOnce({ ...asked, signal }, options, terminal, before);
          return lookAgain(watch, look, terminal);
        });
      }
      const folder = save === undefined ? undefined : await FolderRunStore.create(save);
      const store = folder ?? new MemoryRunStore();
      const tidy = async () => folder?.discard();
      await untilInterrupted(terminal, { goesOn, tidy }, (signal) =>
        audit({ ...asked, store, signal }, terminal),
      );
      const judged = await savedJudgement(store);
      const { failOn } = options;
      finish(await showReport(judged, options, terminal, { saved: save, failOn }));
      if (ledger !== undefined) terminal.note(printedLines([await savedChanges(store)]));
      if (save !== undefined) terminal.note(printedLines([`saved in ${store.location}`]));
    });
}

/** One look of many: the screen again, with what changed marked. Gives its cases, for the next one. */
async function lookOnce(
  asked: Omit<Asked, 'store'>,
  options: ReportOptions,
  terminal: Terminal,
  before: readonly GroupCase[] | undefined,
): Promise<readonly GroupCase[]> {
  const store = new MemoryRunStore();
  await audit({ ...asked, store }, terminal);
  const judged = await savedJudgement(store);
  terminal.clear();
  await showReport(judged, options, terminal, { before });
  return judged.cases;
}

/** Clusters named on the command line replace those of the configuration. */
function chosenClusters(
  named: readonly string[],
  { exclude }: { readonly exclude?: readonly string[] },
  { clusters }: Settings,
): ClusterGlobs {
  if (named.length > 0) return { include: named, exclude: exclude ?? [] };
  return { ...clusters, ...present({ exclude }) };
}

interface Asked extends AskedOnce {
  readonly region?: string;
  readonly profile?: string;
  readonly role?: string;
  readonly externalId?: string;
}

async function audit(asked: Asked, terminal: Terminal): Promise<void> {
  const { region, profile, signal } = asked;
  const limit = { requestSeconds: requestSeconds(process.env) };
  const options = { version: VERSION, ...present({ region, profile, ...limit }) };
  const clients = awsClients(options);
  const work = async (watch: (progress: Progress) => void) => {
    const credentials = await roleCredentials(asked, clients);
    if (credentials === undefined) {
      await auditOnce(asked, clients, watch);
      return;
    }
    const inRole = awsClients({ ...options, region: await clients.region(), credentials });
    await auditOnce(asked, inRole, watch).finally(() => {
      inRole.destroy();
    });
  };
  await askingAws({ clients, profile }, () => withProgress('audit', terminal, work, signal));
  clients.destroy();
}
