import { setTimeout as sleep } from 'node:timers/promises';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { exitCode } from '../../lib/cli/exit-codes.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { Report } from '../../lib/core/judge/report.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { al2023 } from '../../lib/simulator/fleet/plan.js';
import type { SimulatedFleet } from '../../lib/simulator/fleet.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { wireAudit } from '../../lib/wire-audit.js';
import { startFaultyAccount, type Call, type Fault } from './faulty-account.js';

/** Three clusters of two nodes each; every node is nearly full, so that each cluster has a finding. */
const fleet: SimulatedFleet = {
  clusters: ['prod', 'dev', 'test'].map((name) => ({
    name,
    version: '1.31',
    addons: { 'kube-proxy': 'v1.31.2-eksbuild.3' },
    autoMode: false,
    nodes: buildGroup(
      { name, os: al2023, kubeProxyTag: 'v1.31.2-eksbuild.3', establishedSeconds: 86_400 },
      {
        ...{ name: 'web', kind: 'managed', instanceType: 'm5.large' },
        ...{ count: 2, max: 131_072, usage: [0.97, 0.98] },
      },
    ),
  })),
  bystanders: [],
};
/** One of the six. */
export const [victim = ''] = fleet.clusters.flatMap(({ nodes }) =>
  nodes.map((node) => node.instanceId),
);

/** Starts that account, before which another stands that breaks calls. */
export async function startFaultyAudits() {
  const simulator = await startSimulator({ fleet });
  const account = await startFaultyAccount(simulator.endpoint);
  return {
    audit: (fault: (call: Call) => Fault | undefined, requestSeconds = 30) => {
      account.fault = fault;
      return audit(account.endpoint, simulator, requestSeconds);
    },
    async stop() {
      await account.stop();
      await simulator.stop();
    },
  };
}

/** One audit through the real clients, whose requests may take this long. */
async function audit(endpoint: string, simulator: Simulator, requestSeconds: number) {
  const { documentName } = simulator;
  const clients = awsClients({
    version: '0',
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestSeconds,
  });
  const store = new MemoryRunStore();
  const told: Digest[] = [];
  const publish = (digest: Digest) => {
    told.push(digest);
    return Promise.resolve([]);
  };
  try {
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName,
      store,
      announcers: { topic: { publish } },
      ledgers: new MemoryLedger(),
      recorders: {},
      policy: defaultPolicy,
      mutes: [],
      waits: Array<number>(40).fill(0.25),
    });
    // However slow the machine is: no look comes before the scripts that were begun have ended.
    const orchestrator = new InlineOrchestrator(async (seconds) => {
      await sleep(seconds * 1_000);
      await simulator.scriptsEnded();
    });
    await auditFleet(deps, orchestrator, 'run-1');
  } finally {
    clients.destroy();
  }
  const report = (await store.get('report.json')) as Report;
  return { report, digest: told[0], status: exitCode(report) };
}
