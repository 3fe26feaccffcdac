import type { AuditRecord, NodeRecord } from '../../lib/core/history/audit-record.js';

export const NODES = 1_000;

const FIRST_HOUR = Date.UTC(2026, 9, 1);

/** A number 0..1 that looks random and is the same each time: the mixing step of MurmurHash3. */
function chance(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

function hex(seed: number, digits: number): string {
  return Math.floor(chance(seed) * 16 ** digits)
    .toString(16)
    .padStart(digits, '0');
}

function identity(at: number): Omit<NodeRecord, 'entries'> {
  const group = at % 20;
  return {
    cluster: ['payments-production', 'storefront-production', 'platform'][at % 3] ?? '',
    node_group: `${['general', 'batch', 'web', 'memory'][group % 4] ?? ''}-${group}`,
    instance_id: `i-0${hex(at + 1, 8)}${hex(at + 100_000, 8)}`,
    instance_type: ['m5.large', 'm6i.2xlarge', 'c7g.xlarge', 'r6i.4xlarge'][group % 4] ?? '',
  };
}

/** The limit of some node groups changes once in the month; one node in 50 is silent at a time. */
function record(at: number, hour: number): NodeRecord {
  const seed = hour * NODES + at;
  if (chance(seed + 7) < 0.02) return { ...identity(at), silent: 'timed-out', severity: 'notice' };
  const max = at % 20 === 3 && hour > 400 ? 131_072 : 262_144;
  const day = 0.5 + 0.3 * Math.sin((2 * Math.PI * hour) / 24);
  const entries = Math.floor(max * day * (0.2 + chance(at)) * (0.9 + 0.2 * chance(seed)));
  const isDropping = chance(seed + 13) < 0.001;
  return {
    ...identity(at),
    entries: Math.min(entries, max),
    max,
    expected_max: 262_144,
    ...(hour > 0 && {
      drops: isDropping ? Math.floor(chance(seed) * 5_000) : 0,
      early_drops: isDropping ? Math.floor(chance(seed) * 50_000) : 0,
    }),
    ...(entries > 0.75 * max && { severity: 'warning' }),
  };
}

/** The audit of one hour of the month. */
export function auditOfHour(hour: number): AuditRecord {
  const startedAt = new Date(FIRST_HOUR + hour * 3_600_000).toISOString();
  const runId = startedAt.replace(/[-:]|\.\d+/g, '');
  const region = 'eu-west-1';
  const nodes = Array.from({ length: NODES }, (_, at) => record(at, hour));
  return { runId, startedAt, region, clusters: [], nodes };
}
