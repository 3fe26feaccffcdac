import { ListCommandsCommand } from '@aws-sdk/client-ssm';
import { setTimeout as wait } from 'node:timers/promises';
import type { AwsClients } from '../../lib/adapters/aws-clients.js';
import { EmfRecorder } from '../../lib/adapters/emf-recorder.js';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { S3History } from '../../lib/adapters/s3-history.js';
import { S3Ledger } from '../../lib/adapters/s3-ledger.js';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import { simulatorClients } from '../../lib/cli/simulator-clients.js';
import { auditFleet } from '../../lib/core/run/audit-fleet.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { wireAudit } from '../../lib/wire-audit.js';
import { CallCounter, CountingOrchestrator } from './counting.js';
import { fleetOf } from './fleet.js';
import type { MeasuredAudit, MeasuredFleet } from './measured.js';

const ACCOUNT = '000000000000';
const FIRST = Date.parse('2026-11-23T06:00:00.000Z');
const HOUR = 3_600_000;
const UNFINISHED = ['Pending', 'InProgress', 'Cancelling'];

/** Audits a simulated fleet twice, an hour apart. The probe really runs on each node. */
export async function measureFleet(nodes: number, clusters: number): Promise<MeasuredFleet> {
  const simulator = await startSimulator({ fleet: fleetOf(nodes, clusters) });
  try {
    const first = await measureAudit(simulator, 0);
    const later = await measureAudit(simulator, 1);
    return { nodes, clusters, first, later };
  } finally {
    await simulator.stop();
  }
}

async function measureAudit(simulator: Simulator, at: number): Promise<MeasuredAudit> {
  const clients = simulatorClients(simulator);
  const looking = simulatorClients(simulator);
  const counter = new CallCounter();
  counter.watch(clients);
  const lines: string[] = [];
  const { topicArn, bucketName } = simulator;
  const startedAt = new Date(FIRST + at * HOUR).toISOString();
  const runId = `run-${at + 1}`;
  const place = { bucket: bucketName, account: ACCOUNT, region: 'us-east-1' };
  const store = new S3RunStore(clients.s3, place, runId);
  const cpu = cpuMeter();
  const orchestrator = CountingOrchestrator.around(new InlineOrchestrator(), async () => {
    cpu.pause();
    await untilDone(looking);
    cpu.go();
  });
  try {
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName: simulator.documentName,
      store,
      announcers: {
        topic: new SnsAnnouncer(clients.sns, { topicArn, store }),
        events: new EventBridgeAnnouncer(clients.eventBridge),
      },
      ledgers: new S3Ledger(clients.s3, place),
      recorders: {
        history: new S3History(clients.s3, bucketName, ACCOUNT),
        metrics: new EmfRecorder((line) => void lines.push(`${line}\n`)),
      },
      mutes: [],
      policy: defaultPolicy,
      waits: [1, 1],
    });
    await auditFleet({ ...deps, now: () => startedAt }, orchestrator, runId);
  } finally {
    clients.destroy();
    looking.destroy();
  }
  const orchestration = { ...orchestrator.count(), cpuSeconds: cpu.seconds() };
  return { ...counter.count(), orchestration, emf: emfOf(lines) };
}

/** Until no command runs any more; asked by clients that nobody counts. */
async function untilDone({ ssm }: AwsClients): Promise<void> {
  for (;;) {
    const { Commands = [] } = await ssm.send(new ListCommandsCommand({ MaxResults: 50 }));
    if (!Commands.some(({ Status = '' }) => UNFINISHED.includes(Status))) return;
    await wait(1_000);
  }
}

/** Seconds of processor time of this process, while it is not paused. */
function cpuMeter() {
  let spent = 0;
  let from: NodeJS.CpuUsage | undefined = process.cpuUsage();
  const pause = () => {
    const { user, system } = process.cpuUsage(from);
    if (from !== undefined) spent += (user + system) / 1e6;
    from = undefined;
  };
  return {
    pause,
    go: () => void (from = process.cpuUsage()),
    seconds: () => {
      pause();
      return Math.round(10 * spent) / 10;
    },
  };
}

function emfOf(lines: readonly string[]): MeasuredAudit['emf'] {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  return { lines: lines.length, bytes, metricsPerLine: Math.max(...lines.map(metricsOf)) };
}

function metricsOf(line: string): number {
  const { _aws } = JSON.parse(line) as {
    _aws: { CloudWatchMetrics: { Metrics: unknown[] }[] };
  };
  return _aws.CloudWatchMetrics.reduce((sum, { Metrics }) => sum + Metrics.length, 0);
}
