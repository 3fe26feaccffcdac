import { Command } from '@commander-js/extra-typings';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { InlineOrchestrator } from '../adapters/inline-orchestrator.js';
import { MemoryLedger } from '../adapters/memory-ledger.js';
import { SnsAnnouncer } from '../adapters/sns-announcer.js';
import { auditFleet } from '../core/run/audit-fleet.js';
import type { Progress, RunStore } from '../core/run/ports.js';
import { newRunId } from '../run-id.js';
import type { Simulator } from '../simulator/start-simulator.js';
import { wireAudit } from '../wire-audit.js';
import { printedLines } from '../core/render/lines.js';
import { untilInterrupted } from './interrupt.js';
import { collectedBundles } from './demo-bundles.js';
import { withProgress } from './progress.js';
import { simulatorClients } from './simulator-clients.js';
import { withReportOptions } from './report-options.js';
import { resolveSettings, withSettingsOptions, type Settings } from './settings.js';
import { savedJudgement, showReport } from './show-report.js';
import type { Terminal } from './terminal.js';

/** Seconds between looks. The simulated account lets its commands time out after 6. */
const WAITS = [1, 1, 1, 2, 2, 3, 4, 4];

/** `demo`: the whole audit on the embedded account, with the real clients, the real probe and no AWS. */
export function demoCommand(terminal: Terminal) {
  const command = new Command('demo').description(
    'audit a simulated fleet: no AWS account, nothing leaves this machine',
  );
  return withReportOptions(withSettingsOptions(command))
    .option('--bundles', 'let nodes of EKS Auto Mode make support bundles, and read them as well')
    .addHelpText('after', '\nExit status: 0 when the audit ran, whatever it found.')
    .action(async (options) => {
      const settings = await resolveSettings(options);
      const folder = await mkdtemp(join(tmpdir(), 'conntrack-auditor-'));
      const store = await FolderRunStore.create(folder);
      // Loaded here alone: no other command needs the simulated account.
      const { startSimulator } = await import('../simulator/start-simulator.js');
      const starting = startSimulator();
      const stop = async () => (await starting).stop();
      const goesOn = () => ['nothing runs on: the simulated account ends with the demo'];
      const tidy = async () => {
        await Promise.all([store.discard(), stop()]);
        await rm(folder, { recursive: true, force: true });
      };
      await untilInterrupted(terminal, { goesOn, tidy }, async (signal) => {
        const simulator = await starting;
        await demo(simulator, { ...settings, ...options, store, signal }, terminal).finally(stop);
      });
      terminal.note(printedLines([`saved in ${folder}; report --from ${folder} judges it again`]));
      await showReport(await savedJudgement(store), options, terminal, { saved: folder });
    });
}

interface Demo extends Settings {
  readonly store: RunStore;
  readonly bundles?: true;
  /** Says when people have ended the demo. */
  readonly signal: AbortSignal;
}

async function demo(
  simulator: Simulator,
  { policy, mutes, store, signal, bundles }: Demo,
  terminal: Terminal,
): Promise<void> {
  const { documentName, topicArn } = simulator;
  const clients = simulatorClients(simulator);
  const work = async (watch: (progress: Progress) => void) => {
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName,
      store,
      announcers: { topic: new SnsAnnouncer(clients.sns, { topicArn, store }) },
      ledgers: new MemoryLedger(),
      recorders: {},
      policy,
      mutes,
      waits: WAITS,
      watch,
      ...(bundles === true && { bundles: await collectedBundles(simulator, clients) }),
    });
    await auditFleet(deps, patient(simulator), newRunId());
  };
  await withProgress('demo', terminal, work, signal);
  clients.destroy();
}

/** Waits before its last look until every node has answered that will, as a slow machine may take its time. */
function patient(simulator: Simulator): InlineOrchestrator {
  let looks = WAITS.length;
  return new InlineOrchestrator(async (seconds) => {
    await sleep(seconds * 1_000);
    looks -= 1;
    if (looks === 0) await simulator.scriptsEnded();
  });
}
