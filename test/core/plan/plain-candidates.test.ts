import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Case } from '../../../lib/core/judge/remedy.js';
import { settingsAfter } from '../../../lib/core/plan/facts-after.js';
import { plainCandidates } from '../../../lib/core/plan/plain-candidates.js';
import { WeighedNodes } from '../../../lib/core/plan/weighed-nodes.js';
import { shortenTimeouts } from '../../../lib/core/remedies/shorten-timeouts.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aFindingOf, aMember } from '../../support/a-candidate.js';
import { aFleet, aNode } from '../../support/a-node.js';

const at = { cluster: 'shop', nodeGroup: 'web' };
const web = aNode({}, { ...at, instanceId: 'i-1' });
const other = aNode({}, { ...at, instanceId: 'i-2' });
const evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet([web.node, other.node]),
  snapshots: [web, other],
  silent: [],
};

/** Another timeout for each rule. */
const seconds: Readonly<Record<string, string>> = {
  'idle-entries': 'nf_conntrack_tcp_timeout_close_wait=60',
  'unreplied-entries': 'nf_conntrack_tcp_timeout_syn_sent=20',
};
const remedy = {
  ...shortenTimeouts,
  assess: ({ rule }: Case) => ({
    helps: true,
    reason: 'many wait',
    predicted: {},
    steps: [`now: sysctl -w ${seconds[rule] ?? ''}`],
  }),
};
const [candidate] = plainCandidates(
  {
    ...{ remedy, rank: 0, ...at, doubted: new Set<string>(), kinds: new Map() },
    members: Object.keys(seconds).map((rule) => aMember(aFindingOf(rule, ['i-1']))),
  },
  new WeighedNodes(evidence, catalogue, defaultPolicy),
  new Map(),
);

describe('what one remedy makes of a node', () => {
  it('is all that it sets for each finding there', () => {
    const change = candidate?.change(web);
    const { timeouts } = settingsAfter(web.facts, change === undefined ? [] : [change]);
    expect(timeouts).toMatchObject({ tcp_timeout_close_wait: 60, tcp_timeout_syn_sent: 20 });
  });

  it('is nothing on a node without such a finding', () => {
    expect(candidate?.change(other)).toBeUndefined();
  });
});
