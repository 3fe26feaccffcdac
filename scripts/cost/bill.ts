import { usdOf } from '../prices.js';
import { LOG_BYTES_PER_INVOCATION, SECONDS_PER_CALL, SECONDS_PER_START } from './assumptions.js';
import { FULL_CPU_MB, HOURS, MAILS_PER_TELLING, TELLINGS } from './assumptions.js';
import type { Measured, MeasuredAudit, MeasuredFleet } from './measured.js';

/** What one audit uses. */
export interface AuditUse {
  readonly puts: number;
  readonly gets: number;
  readonly runBytes: number;
  readonly historyBytes: number;
  readonly ledgerBytes: number;
  readonly operations: number;
  readonly durableBytes: number;
  readonly invocations: number;
  readonly calls: number;
  readonly cpuSeconds: number;
  readonly emfBytes: number;
  readonly events: number;
  readonly messageBytes: number;
}

/** A fleet to price: the use of an ordinary audit, and of one that tells something. */
export interface Fleet {
  readonly nodes: number;
  readonly clusters: number;
  readonly isEstimate: boolean;
  readonly ordinary: AuditUse;
  readonly telling: AuditUse;
}

export const rows = [
  'Lambda (estimate)',
  'Durable operations',
  'S3 requests',
  'S3 storage',
  'CloudWatch metrics',
  'CloudWatch logs',
  'SNS',
  'EventBridge events',
  'EventBridge Scheduler',
  'SSM Run Command',
  'EC2 and EKS API',
] as const;

/** USD a month. */
export type Bill = Readonly<Record<(typeof rows)[number], number>>;

/** The rest of a bill besides the fleet: how often, and where. */
export interface Month {
  readonly hoursBetween: number;
  readonly deployed: Measured['deployed'];
  readonly metricsPerCluster: number;
}

const GB = 1e9;
const DAYS = HOURS / 24;
const CHUNK = 64 * 1024;
const NODES_PER_COMMAND = 50;
const COMMANDS_PER_STEP = 10;

/** What one measured audit used. */
export function useOf({ calls, bytes, messageBytes, orchestration, emf }: MeasuredAudit): AuditUse {
  const { 'EventBridge.entries': events = 0, ...real } = calls;
  const { steps, waits, maps, branches, cpuSeconds } = orchestration;
  return {
    puts: (real['S3.PutObject'] ?? 0) + (real['S3.ListObjectsV2'] ?? 0),
    gets: real['S3.GetObject'] ?? 0,
    runBytes: bytes['runs'] ?? 0,
    historyBytes: bytes['history'] ?? 0,
    ledgerBytes: bytes['ledger'] ?? 0,
    operations: 1 + steps + waits + maps + branches,
    durableBytes: orchestration.bytes,
    // One begins, and each wait ends in another.
    invocations: 1 + waits,
    calls: Object.values(real).reduce((sum, one) => sum + one, 0),
    cpuSeconds,
    emfBytes: emf.bytes,
    events,
    messageBytes,
  };
}

/** A fleet as it was measured. */
export function measuredFleet({ nodes, clusters, first, later }: MeasuredFleet): Fleet {
  return { nodes, clusters, isEstimate: false, ordinary: useOf(later), telling: useOf(first) };
}

/** A larger fleet, on the line through two measured ones: calls by commands, requests of S3 and operations by steps, bytes by nodes. */
export function extrapolated(small: Fleet, large: Fleet, nodes: number, clusters: number): Fleet {
  const line = (from: AuditUse, to: AuditUse): AuditUse => {
    const along = (key: keyof AuditUse, units: (nodes: number) => number) => {
      const each = (to[key] - from[key]) / (units(large.nodes) - units(small.nodes));
      return to[key] + each * (units(nodes) - units(large.nodes));
    };
    const byNode = (key: keyof AuditUse) => along(key, (count) => count);
    const byStep = (key: keyof AuditUse) => Math.ceil(along(key, stepsOf));
    return {
      puts: byStep('puts'),
      gets: byStep('gets'),
      calls: Math.ceil(along('calls', commandsOf)),
      operations: byStep('operations'),
      durableBytes: byNode('durableBytes'),
      runBytes: byNode('runBytes'),
      historyBytes: byNode('historyBytes'),
      ledgerBytes: byNode('ledgerBytes'),
      cpuSeconds: byNode('cpuSeconds'),
      emfBytes: byNode('emfBytes'),
      invocations: to.invocations,
      // Findings are by node group, and messages are cut: neither grows with nodes but with clusters.
      events: Math.ceil((to.events / large.clusters) * clusters),
      messageBytes: Math.min(262_144, (to.messageBytes / large.clusters) * clusters),
    };
  };
  return {
    ...{ nodes, clusters, isEstimate: true },
    ordinary: line(small.ordinary, large.ordinary),
    telling: line(small.telling, large.telling),
  };
}

function commandsOf(nodes: number): number {
  return Math.ceil(nodes / NODES_PER_COMMAND);
}

function stepsOf(nodes: number): number {
  return Math.ceil(commandsOf(nodes) / COMMANDS_PER_STEP);
}

/** A month of audits; the assumptions say how many tell something. */
export function billOf({ ordinary, telling, clusters }: Fleet, month: Month): Bill {
  const { hoursBetween, deployed, metricsPerCluster } = month;
  const runs = HOURS / hoursBetween;
  const sum = (key: keyof AuditUse) => (runs - TELLINGS) * ordinary[key] + TELLINGS * telling[key];
  const keptFor = (key: keyof AuditUse, days: number) => (sum(key) * days) / DAYS / GB;
  const logBytes = sum('emfBytes') + sum('invocations') * LOG_BYTES_PER_INVOCATION;
  const written = sum('durableBytes') / GB;
  return {
    'Lambda (estimate)':
      usdOf('lambdaSecond', (runs * secondsOf(ordinary, deployed) * deployed.memoryMb) / 1024) +
      usdOf('lambdaRequest', sum('invocations')),
    'Durable operations':
      usdOf('durableOperation', sum('operations')) +
      usdOf('durableWritten', written) +
      usdOf('durableKept', (written * deployed.executionDays) / DAYS),
    'S3 requests': usdOf('s3Put', sum('puts')) + usdOf('s3Get', sum('gets')),
    'S3 storage': usdOf(
      's3Kept',
      keptFor('runBytes', deployed.runDays) +
        keptFor('historyBytes', deployed.historyDays) +
        ordinary.ledgerBytes / GB,
    ),
    'CloudWatch metrics': usdOf('metric', metricsPerCluster * clusters) / Math.max(1, hoursBetween),
    'CloudWatch logs':
      usdOf('logWritten', logBytes / GB) +
      usdOf('logKept', (logBytes / GB) * (deployed.logDays / DAYS)),
    SNS:
      usdOf('snsPublish', TELLINGS * Math.ceil(telling.messageBytes / CHUNK)) +
      usdOf('snsMail', TELLINGS * MAILS_PER_TELLING),
    'EventBridge events': usdOf('event', TELLINGS * telling.events),
    'EventBridge Scheduler': usdOf('schedule', runs),
    'SSM Run Command': 0,
    'EC2 and EKS API': 0,
  };
}

/** Seconds that Lambda bills for one audit: an estimate, and rather too many. */
export function secondsOf(
  { calls, cpuSeconds, invocations }: AuditUse,
  { memoryMb }: Measured['deployed'],
): number {
  const slower = Math.max(1, FULL_CPU_MB / memoryMb);
  return calls * SECONDS_PER_CALL + cpuSeconds * slower + invocations * SECONDS_PER_START;
}

export function totalOf(bill: Bill): number {
  return rows.reduce((sum, row) => sum + bill[row], 0);
}
