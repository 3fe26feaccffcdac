import { randomUUID } from 'node:crypto';
import { bundleDirectory, bundleSource, nobodyToAsk } from '../adapters/bundle-directory.js';
import { readBundlesIn, type ListedBundles } from '../adapters/bundle-folder-list.js';
import { FolderHistory } from '../adapters/folder-history.js';
import { InlineOrchestrator } from '../adapters/inline-orchestrator.js';
import type { Given } from '../core/bundle/bundle-fleet.js';
import { auditFleet, type AuditDeps } from '../core/run/audit-fleet.js';
import { catalogue } from '../core/run/catalogue.js';
import type { Progress } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { newRunId } from '../run-id.js';
import { withProgress } from './progress.js';
import type { Terminal } from './terminal.js';

/** What an audit of bundles alone needs. */
export interface BundleAudit extends Pick<AuditDeps, 'store' | 'ledgers' | 'policy' | 'mutes'> {
  /** The folder that remembers. Absent: nothing is remembered. */
  readonly ledger?: string;
  readonly given: Given;
  readonly listed: ListedBundles;
}

/** Audits the nodes that bundles are of. It asks nobody: no credentials, and no network. */
export async function auditBundles(
  { listed, given, store, ledgers, policy, mutes, ledger }: BundleAudit,
  terminal: Terminal,
): Promise<void> {
  const work = async (watch: (progress: Progress) => void) => {
    const deps: AuditDeps = {
      ...bundlePorts(listed, given),
      ...{ store, ledgers, policy, mutes, catalogue, announcers: {}, waits: [] },
      recorders: ledger === undefined ? {} : { history: new FolderHistory(ledger) },
      now: () => new Date().toISOString(),
      holder: () => randomUUID(),
      watch,
    };
    await auditFleet(deps, new InlineOrchestrator(), newRunId());
  };
  await withProgress('audit', terminal, work);
}

/** Bundles in the place of everybody else who is asked. */
export function bundlePorts(listed: ListedBundles, given: Given) {
  return {
    directory: bundleDirectory(listed.bundles, given),
    probe: nobodyToAsk,
    bundles: bundleSource(listed, given),
  };
}

/** The bundles of a folder, and what the command line says of their nodes. Fails where none could be read. */
export async function bundlesOf(folder: string, named: readonly string[]) {
  const listed = await readBundlesIn(folder);
  const [first] = listed.gaps;
  if (listed.bundles.length === 0 && first !== undefined) {
    throw new Error(`${first.subject} ${first.detail}`);
  }
  const [cluster] = named.length === 1 ? named : [];
  return { listed, given: present({ cluster }) };
}
