import { limitUnexpected } from '../rules/limit-unexpected.js';
import { tablePressure } from '../rules/table-pressure.js';
import { DIGEST_SCHEMA_VERSION, type Digest } from '../ledger/digest.js';
import type { Finding } from '../judge/finding.js';

const place = { cluster: 'made-up-cluster', nodeGroup: 'made-up-group' };
const instanceId = 'i-00000000000000000';
const instanceType = 'm5.large';
const seen = 'made up: 127,402 of 131,072 conntrack entries are in use (97%)';
const was = 'made up: the limit of 65,536 was not the 131,072 that is expected here';

const pressure: Finding = {
  id: `${tablePressure.id}/${place.cluster}/${place.nodeGroup}`,
  rule: tablePressure.id,
  title: tablePressure.title,
  severity: 'critical',
  ...place,
  summary: `${instanceId} (${instanceType}): ${seen}`,
  nodes: [
    {
      instanceId,
      instanceType,
      severity: 'critical',
      summary: seen,
      measures: { entries: 127_402, max: 131_072, usage: 127_402 / 131_072 },
    },
  ],
  remedies: [
    {
      id: 'raise-limit',
      title: 'Raise the limit of the conntrack table',
      helps: true,
      reason: 'made up: a full table of 262,144 entries would cost up to 96 MiB',
      predicted: { limit: 262_144, usage: 127_402 / 262_144 },
      steps: ['nothing is to be done, as this is a test'],
    },
  ],
};

const unexpected: Finding = {
  id: `${limitUnexpected.id}/${place.cluster}/${place.nodeGroup}`,
  rule: limitUnexpected.id,
  title: limitUnexpected.title,
  severity: 'warning',
  ...place,
  summary: `${instanceId} (${instanceType}): ${was}`,
  nodes: [
    {
      instanceId,
      instanceType,
      severity: 'warning',
      summary: was,
      measures: { entries: 63_570, max: 65_536, expectedMax: 131_072 },
    },
  ],
  remedies: [],
};

/**
 * A digest of a made-up fleet, marked as a test: one new finding and one resolved, so that every form of
 * message has something to show, as of the account that owns the topic. `now` is ISO 8601, UTC.
 */
export function testDigest(now: string, region: string, account: string): Digest {
  const before = { instanceId, entries: 63_570, max: 65_536 };
  return {
    schemaVersion: DIGEST_SCHEMA_VERSION,
    runId: `test-${now.replace(/[-:]|\.\d+/g, '')}`,
    startedAt: now,
    region,
    account: { id: account },
    clusters: [place.cluster],
    nodes: { discovered: 1, read: 1, silent: 0 },
    open: { critical: 1, warning: 0, notice: 0 },
    transitions: [
      { kind: 'new', finding: pressure, since: now },
      {
        kind: 'resolved',
        finding: unexpected,
        since: now,
        was: 'warning',
        before,
        after: { ...before, max: 131_072 },
      },
    ],
    silenced: [],
    notes: [],
    location: 'nowhere, as this is a test',
    test: true,
  };
}
