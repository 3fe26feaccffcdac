import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { PageParts } from '../../lib/core/render/page/page-parts.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgeSavedRun } from '../../lib/core/run/judged-run.js';
import { builtInFleet } from '../../lib/simulator/fleet/built-in-fleet.js';
import { startSimulator } from '../../lib/simulator/start-simulator.js';
import { wireAudit } from '../../lib/wire-audit.js';
import { whenSettled } from '../support/when-settled.js';

/** An hour of the service is over in a few seconds; scripts take what they take. */
const SPEED = 1_000;

const stuck = builtInFleet.clusters.flatMap(({ nodes }) =>
  nodes.flatMap((node) => (node.behaviour === 'stuck' ? [node.instanceId] : [])),
);

/** The run of the demo, judged: the built-in fleet with the real clients and the real probe. */
export async function demoParts(): Promise<PageParts> {
  const simulator = await startSimulator({ speed: SPEED });
  const clients = simulatorClients(simulator);
  try {
    const store = new MemoryRunStore();
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName: simulator.documentName,
      store,
      announcers: {},
      ledgers: new MemoryLedger(),
      recorders: {},
      policy: defaultPolicy,
      mutes: [],
      waits: [1],
    });
    const orchestrator = new InlineOrchestrator(() => whenSettled(clients.ssm, stuck));
    await auditFleet(deps, orchestrator, 'run-1');
    return await judgeSavedRun(store, catalogue);
  } finally {
    clients.destroy();
    await simulator.stop();
  }
}
