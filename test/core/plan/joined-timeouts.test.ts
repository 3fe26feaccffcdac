import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import {
  joinedReason,
  joinedSteps,
  joinedTimeouts,
} from '../../../lib/core/plan/joined-timeouts.js';
import { WeighedNodes } from '../../../lib/core/plan/weighed-nodes.js';
import { shortenTimeouts } from '../../../lib/core/remedies/shorten-timeouts.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aFindingOf, aMember } from '../../support/a-candidate.js';
import { aFleet, aNode } from '../../support/a-node.js';

const command = (settings: Record<string, number>) => {
  const set = Object.entries(settings).map(
    ([name, s]) => `net.netfilter.nf_conntrack_${name}=${s}`,
  );
  return [
    `now, on the node: sysctl -w ${set.join(' ')}`,
    'undo: of this one',
    'proof: of this one',
  ];
};
const waits = aMember(aFindingOf('idle-entries', ['i-1']), {
  reason: 'many wait',
  steps: command({ tcp_timeout_close_wait: 60 }),
});
const opens = aMember(aFindingOf('unreplied-entries', ['i-2'], { nodeGroup: 'batch' }), {
  reason: 'nobody answers',
  steps: command({ tcp_timeout_close_wait: 61, tcp_timeout_syn_sent: 20 }),
});

const snapshots = [
  aNode(
    { timeouts: { tcp_timeout_close_wait: 3_600 } },
    { instanceId: 'i-1', cluster: 'shop', nodeGroup: 'web' },
  ),
  aNode(
    { timeouts: { tcp_timeout_close_wait: 7_200, tcp_timeout_syn_sent: 120 } },
    {
      instanceId: 'i-2',
      cluster: 'shop',
      nodeGroup: 'batch',
      nodeGroupKind: 'auto-scaling-group',
    },
  ),
];
const evidence = {
  runId: 'run-1',
  startedAt: '2026-11-27T08:00:00Z',
  fleet: aFleet(snapshots.map(({ node }) => node)),
  snapshots,
  silent: [],
};
const weighed = new WeighedNodes(evidence, catalogue, defaultPolicy);
const place = {
  remedy: shortenTimeouts,
  rank: 0,
  cluster: 'shop',
  members: [waits, opens],
  doubted: new Set<string>(),
  kinds: new Map(),
};

describe('timeouts that several findings of a place ask for', () => {
  it('are set all together, each to the fewest seconds, whoever comes first', () => {
    const both = { tcp_timeout_close_wait: 60, tcp_timeout_syn_sent: 20 };
    expect(joinedTimeouts([waits, opens])).toEqual(both);
    expect(joinedTimeouts([opens, waits])).toEqual(both);
    expect(joinedTimeouts([])).toEqual({});
  });

  it('are one command, one way back to the longest of today, and one proof', () => {
    const steps = joinedSteps(joinedTimeouts(place.members), place, weighed);
    expect(steps.filter((step) => step.startsWith('now'))).toEqual([
      'now, on the node: sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close_wait=60 net.netfilter.nf_conntrack_tcp_timeout_syn_sent=20',
    ]);
    expect(steps.slice(-2)).toEqual([
      'undo: sysctl -w net.netfilter.nf_conntrack_tcp_timeout_close_wait=7200 net.netfilter.nf_conntrack_tcp_timeout_syn_sent=120, and take the durable edit back',
      'proof: an audit after 7,200 s or more reads fewer entries; those that are there wait out the timeout that they began with',
    ]);
  });

  it('name each kind of group that keeps what kube-proxy does not write', () => {
    const steps = joinedSteps(joinedTimeouts(place.members), place, weighed).join('\n');
    expect(steps).toContain('the launch template of the node group');
    expect(steps).toContain('the launch template of the Auto Scaling group');
  });

  it('are kept where each kube-proxy of a group writes them, and where it does not', () => {
    const versions = ['1.28.4', '1.31.2'];
    const nodes = versions.map((version, at) =>
      aNode(
        { timeouts: { udp_timeout: 60 }, kubeProxy: { version, source: 'node' } },
        { instanceId: `i-${at}`, cluster: 'shop', nodeGroup: 'web' },
      ),
    );
    const of = { ...evidence, fleet: aFleet(nodes.map(({ node }) => node)), snapshots: nodes };
    const all = aMember(aFindingOf('dns-entry-share', ['i-0', 'i-1']), {
      steps: command({ udp_timeout: 10 }),
    });
    const steps = joinedSteps(
      { udp_timeout: 10 },
      { ...place, members: [all] },
      new WeighedNodes(of, catalogue, defaultPolicy),
    );
    expect(steps.filter((step) => step.startsWith('for good'))).toHaveLength(2);
  });

  it('say why group by group, but only what brings another timeout', () => {
    expect(joinedReason([waits, opens])).toBe('web: many wait; batch: nobody answers');
    expect(joinedReason([opens, waits])).toBe('nobody answers');
  });
});
