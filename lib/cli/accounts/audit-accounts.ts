import { join } from 'node:path';
import { awsClients, type AwsClientOptions } from '../../adapters/aws-clients.js';
import { FolderLedger } from '../../adapters/folder-ledger.js';
import { FolderRunStore } from '../../adapters/folder-run-store.js';
import { MemoryLedger } from '../../adapters/memory-ledger.js';
import { MemoryRunStore } from '../../adapters/memory-run-store.js';
import type { Severity } from '../../core/judge/severity.js';
import { printedLines } from '../../core/render/lines.js';
import { catalogue } from '../../core/run/catalogue.js';
import { judgeSavedRun } from '../../core/run/judged-run.js';
import { plural } from '../../core/text/format.js';
import { present } from '../../core/text/present.js';
import { requestSeconds } from '../../env.js';
import { VERSION } from '../../version.js';
import { askingAws } from '../asking-aws.js';
import { auditOnce, type AskedOnce } from '../audit-once.js';
import { untilInterrupted } from '../interrupt.js';
import type { ReportOptions } from '../report-options.js';
import { SentCommands } from '../sent-commands.js';
import { savedChanges } from '../show-report.js';
import type { Terminal } from '../terminal.js';
import { auditAll, type Audited, type AuditOne } from './audit-all.js';
import { AT_ONCE, type AccountsOptions } from './options.js';
import { AllProgress } from './progress.js';
import { RoleSessions } from './role-sessions.js';
import { createAccountsFolder, folderOf, forgetAccounts, writeAccounts } from './saved.js';
import { checkOverviewOptions, showOverview } from './show-overview.js';
import { targetsOf, type Target } from './targets.js';

/** What a command line asks of many audits. */
export interface AskedOfAll
  extends
    Pick<AccountsOptions, keyof AccountsOptions>,
    ReportOptions,
    Omit<AskedOnce, 'ledgers' | 'store' | 'sent' | 'signal' | 'account'> {
  readonly region?: string;
  readonly profile?: string;
  readonly save?: string;
  readonly watch?: number;
  readonly failOn?: Severity;
}

/**
 * Audits many accounts and Regions, and shows one report over all of them. Gives its exit status. `attempts`: how often
 * a call is tried, where it is not the usual number.
 */
export async function auditAccounts(
  asked: AskedOfAll,
  terminal: Terminal,
  attempts?: number,
): Promise<number> {
  const { save, watch, failOn, region, profile } = asked;
  checkOverviewOptions(asked);
  if (watch !== undefined) throw new Error('--watch looks at one account and Region');
  if (save !== undefined) await createAccountsFolder(save);
  const limit = { requestSeconds: requestSeconds(process.env) };
  const options = { version: VERSION, ...present({ region, profile, attempts, ...limit }) };
  const sent = new SentCommands();
  const stores: FolderRunStore[] = [];
  const changes: string[] = [];
  const tidy = async () => {
    await Promise.all(stores.map((store) => store.discard()));
    if (save !== undefined) await forgetAccounts(save);
  };
  const audited = await untilInterrupted(
    terminal,
    { goesOn: () => sent.goesOn(), tidy },
    (signal) => auditedBy(asked, { options, sent, stores, changes, signal }, terminal),
  );
  checkFound(audited, asked);
  if (save !== undefined) await writeAccounts(save, audited);
  const status = await showOverview(audited, asked, terminal, { saved: save, failOn });
  terminal.note(
    printedLines([...changes.sort(), ...(save === undefined ? [] : [`saved in ${save}`])]),
  );
  return status;
}

interface Means {
  readonly options: AwsClientOptions;
  readonly sent: SentCommands;
  /** Every folder in which a run is kept, to take it away again. */
  readonly stores: FolderRunStore[];
  /** What changed since the last audit of each, in lines. */
  readonly changes: string[];
  readonly signal: AbortSignal;
}

async function auditedBy(asked: AskedOfAll, means: Means, terminal: Terminal): Promise<Audited> {
  const { options, signal } = means;
  const clients = awsClients(options);
  try {
    return await askingAws({ clients, profile: asked.profile }, async () => {
      const { targets, notes } = await targetsOf(asked, { clients, options });
      terminal.note(printedLines(notes));
      const progress = new AllProgress(targets.length, terminal, signal);
      const audited = await auditAll(targets, {
        sessions: new RoleSessions(clients.sts),
        atOnce: asked.atOnce ?? AT_ONCE,
        auditOne: auditing(asked, means),
        began: (target) => {
          progress.began(target);
        },
        ended: (target, outcome) => {
          progress.ended(target, outcome);
        },
      }).finally(() => {
        progress.clear();
      });
      return audited;
    });
  } finally {
    clients.destroy();
  }
}

/** One audit of many, each with clients, a store and a ledger of its own. */
function auditing(asked: AskedOfAll, { options, sent, stores, changes, signal }: Means): AuditOne {
  return async (target, who) => {
    const clients = awsClients({ ...options, ...who });
    const folder = await storeOf(asked, target);
    if (folder !== undefined) stores.push(folder);
    const store = folder ?? new MemoryRunStore();
    const { ledger } = asked;
    const ledgers =
      ledger === undefined ? new MemoryLedger() : new FolderLedger(ledgerFolder(ledger, target));
    try {
      const once = { ...asked, ledgers, store, sent, signal, account: target.account };
      // In many accounts and Regions it is usual that some hold nothing.
      await auditOnce({ ...once, allowEmpty: true }, clients, () => undefined);
    } catch (error) {
      await folder?.discard();
      throw error;
    } finally {
      clients.destroy();
    }
    if (ledger !== undefined) {
      changes.push(`${target.account}, ${target.region}: ${await savedChanges(store)}`);
    }
    return { judged: await judgeSavedRun(store, catalogue), location: store.location };
  };
}

async function storeOf({ save }: AskedOfAll, target: Target): Promise<FolderRunStore | undefined> {
  return save === undefined ? undefined : FolderRunStore.create(folderOf(save, target));
}

function ledgerFolder(ledger: string, { account, region }: Target): string {
  return join(ledger, 'ledger', account, region);
}

/** Fails where there is nothing to audit anywhere, as it is hardly what is meant. */
function checkFound({ records, gaps }: Audited, { allowEmpty }: AskedOfAll): void {
  const isEmpty = records.every(({ clusters }) => clusters === 0) && gaps.length === 0;
  if (!isEmpty || allowEmpty === true) return;
  throw new Error(
    `there is no EKS cluster to audit in ${plural(records.length, 'account and Region', 'accounts and Regions')}; look in others, or add --allow-empty`,
  );
}
