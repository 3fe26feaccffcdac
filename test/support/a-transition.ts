import { DIGEST_SCHEMA_VERSION, type Digest } from '../../lib/core/ledger/digest.js';
import type { Finding } from '../../lib/core/judge/finding.js';
import type { Transition } from '../../lib/core/ledger/transition.js';

/** A finding about one node of a group; state only what matters. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    id: 'table-pressure/prod/blue',
    rule: 'table-pressure',
    title: 'The conntrack table is nearly full',
    severity: 'critical',
    cluster: 'prod',
    nodeGroup: 'blue',
    summary: 'i-1 (t3.large): 97 % of 131,072 entries are used',
    nodes: [nodeFinding(1)],
    remedies: [],
    ...over,
  };
}

/** The n-th node of a finding. */
export function nodeFinding(n: number, summary = '97 % of 131,072 entries are used') {
  return {
    instanceId: `i-${n}`,
    instanceType: 't3.large',
    severity: 'critical',
    summary,
    measures: { entries: 127_139, max: 131_072, usage: 0.97 },
  } as const;
}

/** One change; a new finding unless told otherwise. */
export function aTransition(
  finding: Partial<Finding> = {},
  over: Partial<Omit<Transition, 'finding'>> = {},
): Transition {
  return { kind: 'new', since: '2026-11-23T08:00:00.000Z', ...over, finding: aFinding(finding) };
}

/** The digest of an audit in which just this changed. */
export function aDigest(transitions: readonly Transition[], over: Partial<Digest> = {}): Digest {
  return {
    schemaVersion: DIGEST_SCHEMA_VERSION,
    runId: 'run-7',
    startedAt: '2026-11-24T10:00:00.000Z',
    region: 'eu-west-1',
    clusters: ['prod'],
    nodes: { discovered: 1, read: 1, silent: 0 },
    open: { critical: 1, warning: 0, notice: 0 },
    transitions,
    silenced: [],
    notes: [],
    location: 's3://shelf/runs/run-7/',
    ...over,
  };
}
