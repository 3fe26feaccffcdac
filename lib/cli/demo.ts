import { Command } from '@commander-js/extra-typings';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import { InlineOrchestrator } from '../adapters/inline-orchestrator.js';
import { MemoryLedger } from '../adapters/memory-ledger.js';
import { SnsAnnouncer } from '../adapters/sns-announcer.js';
import { auditFleet } from '../core/run/audit-fleet.js';
import { newRunId } from '../run-id.js';
import type { Simulator } from '../simulator/start-simulator.js';
import { wireAudit } from '../wire-audit.js';
import { printedLines } from '../core/render/lines.js';
import { withProgress } from './progress.js';
import { simulatorClients } from './simulator-clients.js';
import { withReportOptions, type ReportOptions } from './report-options.js';
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
    .addHelpText('after', '\nExit status: 0 when the audit ran, whatever it found.')
    .action(async (options) => {
      const settings = await resolveSettings(options);
      // Loaded here alone: no other command needs the simulated account.
      const { startSimulator } = await import('../simulator/start-simulator.js');
      const simulator = await startSimulator();
      try {
        await demo(simulator, settings, options, terminal);
      } finally {
        await simulator.stop();
      }
    });
}

async function demo(
  simulator: Simulator,
  { policy, mutes }: Settings,
  options: ReportOptions,
  terminal: Terminal,
): Promise<void> {
  const { documentName, topicArn } = simulator;
  const store = await FolderRunStore.create(await mkdtemp(join(tmpdir(), 'conntrack-auditor-')));
  const clients = simulatorClients(simulator);
  await withProgress('demo', terminal, async (watch) => {
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
    });
    await auditFleet(deps, patient(simulator), newRunId());
  });
  clients.destroy();
  const saved = store.location;
  terminal.note(printedLines([`saved in ${saved}; report --from ${saved} judges it again`]));
  await showReport(await savedJudgement(store), options, terminal, { saved });
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
