import type { Evidence } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { Report } from '../../lib/core/judge/report.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import { transitionKinds } from '../../lib/core/ledger/transition.js';
import type { Gap } from '../../lib/core/node/gap.js';
import type { Judged } from '../../lib/core/render/index.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgedRun } from '../../lib/core/run/judged-run.js';
import { aDigest } from '../support/a-digest.js';
import { aMakeup } from '../support/a-makeup.js';
import { aFleet, aNode, aNodeUsing } from '../support/a-node.js';

/** What the probe prints, with every field that a parser reads. */
export const answer = {
  v: 1,
  hostNetwork: true,
  entries: 120_000,
  max: 131_072,
  buckets: 32_768,
  stat: { drop: 5, early_drop: 3, insert_failed: 1, chainlength: 1, clashres: 0 },
  timeouts: { tcp_timeout_established: 86_400, tcp_timeout_close_wait: 3_600, udp_timeout: 30 },
  memTotalKiB: 8_000_000,
  memAvailableKiB: 4_000_000,
  vcpus: 2,
  threadsPerCore: 2,
  kernel: '6.1.141-155.222.amzn2023.x86_64',
  os: { id: 'amzn', version: '2023' },
  bootId: '0b5e7e31-62a4-4d0f-9b1e-6d5b8a1c2f3d',
  uptime: 864_000,
  tableFull: { lines: 3, lastUptime: 863_000, named: 1 },
  kubeProxy: { running: true, tag: 'v1.31.2-eksbuild.3', config: 'conntrack: {min: 131072}' },
  later: { seconds: 2, entries: 120_100, stat: { drop: 1 } },
  ena: {
    nics: 2,
    exceeded: { conntrack: 4, linklocal: 2 },
    grown: { conntrack: 1 },
    available: 900,
    moves: true,
  },
  nodeLocal: { interface: true, rules: 4, packets: 100 },
  policyAgent: { enabled: true, tableSize: 65_536 },
  entryBytes: 256,
  list: {
    read: 1_000,
    from: 'netlink',
    whole: false,
    proto: { tcp: 600, udp: 400 },
    tcp: { ESTABLISHED: 200, TIME_WAIT: 200, CLOSE_WAIT: 100, SYN_SENT: 100 },
    idle: 100,
    ipv6: 10,
    unreplied: 300,
    assured: 500,
    dns: { udp: 300, tcp: 1, unreplied: 5 },
    ages: { TIME_WAIT: [10, 20] },
    unanswered: {
      entries: 300,
      states: { SYN_SENT: 100 },
      ports: [['tcp/443', 90]],
      holders: [['10.0.0.1', 80, 'default/web-0']],
      toNobody: 50,
    },
    ports: [
      ['udp/53', 300],
      ['tcp/443', 400],
    ],
    holders: [['10.0.0.1', 400, 'default/web-0']],
  },
};

const gap: Gap = {
  about: 'add-on',
  subject: 'kube-proxy add-on of prod',
  cluster: 'prod',
  operation: 'eks:DescribeAddon',
  reason: 'not-permitted',
  detail: 'AccessDenied',
};

/** One audit of nodes on which most rules find something, with all that a fleet may name. */
export function anEvidence(): Evidence {
  const makeup = aMakeup({
    listed: 20_000,
    whole: false,
    dns: { udp: 12_000, tcp: 0, unreplied: 5 },
  });
  const full = aNodeUsing(130_000, 131_072, { instanceId: 'i-0123456789abcdef0' });
  const snapshots = [
    { ...full, facts: { ...full.facts, makeup } },
    aNodeUsing(128_000, 131_072, { instanceId: 'i-0123456789abcdef1' }),
    aNode(
      { tableFull: { lines: 4, secondsAgo: 60 }, counters: { drop: 9 } },
      { instanceId: 'i-2', nodeGroup: 'b' },
    ),
    aNode({ memory: { totalBytes: 1 } }, { instanceId: 'i-3', nodeGroup: 'c' }),
  ];
  const silentNode = { ...full.node, instanceId: 'i-4', nodeGroup: 'd' };
  const { cluster, nodeGroup } = silentNode;
  return {
    runId: 'run-7',
    startedAt: '2026-11-24T08:00:00.000Z',
    fleet: {
      ...aFleet([...snapshots.map(({ node }) => node), silentNode]),
      account: { id: '123456789012', alias: 'acme-prod' },
    },
    snapshots,
    silent: [{ instanceId: 'i-4', cluster, nodeGroup, reason: 'ssm-missing' }],
    gaps: [gap],
  };
}

/** The same judged, with its plan and its cases. */
export function aJudgement(evidence: Evidence = anEvidence()): Judged {
  return judgedRun(evidence, {}, catalogue, defaultPolicy);
}

function aReport(evidence: Evidence = anEvidence()): Report {
  return aJudgement(evidence).report;
}

/** A digest with every field, and a change of every kind made of the findings of a report. */
export function aWholeDigest(report: Report = aReport()): Digest {
  const table = { instanceId: 'i-0123456789abcdef0', entries: 5, max: 9 };
  const transitions = report.findings.map((finding, at) => ({
    kind: transitionKinds[at % transitionKinds.length] ?? 'new',
    finding,
    since: '2026-11-23T08:00:00.000Z',
    was: 'critical' as const,
    before: table,
    after: table,
    note: 'the limit was put back',
    fixLost: true as const,
  }));
  const [finding] = report.findings;
  const place = { cluster: finding?.cluster ?? 'prod', nodeGroup: finding?.nodeGroup ?? 'b' };
  const action = { title: 'Set it', settles: 2, nodes: 1, findings: [finding?.id ?? 'x'] };
  const effect = { ...place, before: { usage: 1, limit: 9 }, after: { usage: 0.5, limit: 18 } };
  const { runId, startedAt, region, account, clusters, nodes, gaps } = report;
  return aDigest(transitions, {
    ...{ runId, startedAt, region, clusters, nodes },
    ...(account === undefined ? {} : { account }),
    ...(gaps === undefined ? {} : { gaps }),
    links: { dashboard: 'conntrack', page: 'report.html' },
    plan: {
      actions: [
        { ...action, id: 'raise-limit/prod', effects: [effect], step: 'edit it' },
        { ...action, id: 'b', effects: [], command: { name: 'fix', remedy: 'raise-limit' } },
      ],
      more: 2,
    },
    nodeGroups: [{ ...place, kind: 'managed', nodes: 3 }],
    notes: ['the ledger was damaged'],
    silenced: [
      {
        id: 'hot-node/a/b',
        severity: 'notice',
        summary: 's',
        until: '2026-12-01T00:00:00.000Z',
        reason: 'r',
      },
    ],
  });
}
