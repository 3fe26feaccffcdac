import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Finding } from '../../lib/core/judge/finding.js';
import type { Transition } from '../../lib/core/ledger/transition.js';

/** A finding about one node of one group. Its id follows from what is different. */
function aFinding(different: Partial<Finding> = {}): Finding {
  const { rule = 'table-pressure', cluster = 'storefront', nodeGroup = 'web' } = different;
  const said = '127,402 of 131,072 conntrack entries are in use (97%)';
  return {
    id: `${rule}/${cluster}/${nodeGroup}`,
    rule,
    title: 'The conntrack table is close to full',
    severity: 'critical',
    cluster,
    nodeGroup,
    summary: `i-0a (t3.xlarge): ${said}`,
    nodes: [
      {
        instanceId: 'i-0a',
        instanceType: 't3.xlarge',
        severity: 'critical',
        summary: said,
        measures: { entries: 127_402, max: 131_072, usage: 0.972 },
      },
    ],
    remedies: [
      {
        id: 'raise-limit',
        title: 'Raise the limit of the conntrack table',
        helps: true,
        reason: 'a full table costs up to 96 MiB (estimate)',
        predicted: { limit: 262_144, usage: 0.486, usageMargin: 0.012 },
        steps: [
          'now, on the node: sysctl -w net.netfilter.nf_conntrack_max=262144',
          'proof: the next audit reads a limit of 262144',
        ],
        command: { name: 'fix', remedy: 'raise-limit', limit: 262_144 },
      },
    ],
    ...different,
  };
}

/** A change of that finding, new unless said otherwise. */
export function aTransition(
  different: Partial<Transition> = {},
  finding: Partial<Finding> = {},
): Transition {
  return {
    kind: 'new',
    since: '2026-11-23T08:00:00.000Z',
    finding: aFinding(finding),
    ...different,
  };
}

/** A digest with these changes, and nothing else to say. */
export function aDigest(
  transitions: readonly Transition[] = [aTransition()],
  different: Partial<Digest> = {},
): Digest {
  return {
    schemaVersion: 1,
    runId: 'run-7',
    startedAt: '2026-11-24T08:00:00.000Z',
    region: 'us-east-1',
    clusters: ['storefront', 'payments'],
    nodes: { discovered: 121, read: 102, silent: 19 },
    open: { critical: 1, warning: 2, notice: 0 },
    transitions,
    silenced: [],
    notes: [],
    location: 's3://shelf/runs/run-7/',
    ...different,
  };
}
