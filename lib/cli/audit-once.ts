import { readFile } from 'node:fs/promises';
import type { AwsClients } from '../adapters/aws-clients.js';
import type { ClusterGlobs } from '../adapters/eks-clusters.js';
import { FolderHistory } from '../adapters/folder-history.js';
import { InlineOrchestrator } from '../adapters/inline-orchestrator.js';
import { SHELL_DOCUMENT } from '../adapters/ssm-send.js';
import { auditFleet } from '../core/run/audit-fleet.js';
import type { LedgerStore, Progress, RunStore } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { newRunId } from '../run-id.js';
import { wireAudit } from '../wire-audit.js';
import { probeFile } from './probe-file.js';
import type { SentCommands } from './sent-commands.js';
import type { Settings } from './settings.js';

/** Seconds between looks. Their sum exceeds the 120 that a command may live. */
const WAITS = [2, 3, 5, 5, 10, 10, 15, 15, 20, 20, 20];

/** What one audit of an account and Region from a laptop is asked for. */
export interface AskedOnce extends Omit<Settings, 'clusters'> {
  readonly clusters: ClusterGlobs;
  readonly document: string;
  /** Whether no cluster, or no node, is an answer and no error. */
  readonly allowEmpty?: boolean;
  /** The folder that remembers audits, and keeps their history. */
  readonly ledger?: string;
  /** Under which account history keeps it. Absent: nobody says which it is. */
  readonly account?: string;
  readonly ledgers: LedgerStore;
  readonly store: RunStore;
  /** Which commands may still run. */
  readonly sent: SentCommands;
  /** Says when people have ended the audit. */
  readonly signal: AbortSignal;
}

/** One audit of one account and Region, with these clients. */
export async function auditOnce(
  asked: AskedOnce,
  clients: AwsClients,
  watch: (progress: Progress) => void,
): Promise<void> {
  const { document, ledger, account, ledgers, store, clusters, nodeTagKeys } = asked;
  const { policy, mutes, sent, signal } = asked;
  const script = document === SHELL_DOCUMENT ? await readFile(probeFile, 'utf8') : undefined;
  const deps = await wireAudit({
    clients,
    clusters,
    nodeTagKeys,
    mustFind: asked.allowEmpty !== true,
    documentName: document,
    ...present({ script, accountId: account }),
    store,
    announcers: {},
    ledgers,
    recorders: ledger === undefined ? {} : { history: new FolderHistory(ledger, account) },
    policy,
    mutes,
    waits: WAITS,
    watch,
  });
  const probe = sent.watched(deps.probe, signal);
  await auditFleet({ ...deps, probe }, new InlineOrchestrator(), newRunId());
}
