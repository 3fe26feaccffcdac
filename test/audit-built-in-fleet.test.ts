import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InlineOrchestrator } from '../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../lib/adapters/memory-run-store.js';
import { SnsAnnouncer } from '../lib/adapters/sns-announcer.js';
import { simulatorClients } from '../lib/cli/simulator-clients.js';
import { auditFleet } from '../lib/core/run/audit-fleet.js';
import { defaultPolicy } from '../lib/core/judge/policy.js';
import { rules } from '../lib/core/rules/index.js';
import type { Report } from '../lib/core/judge/report.js';
import { builtInFleet } from '../lib/simulator/fleet/built-in-fleet.js';
import { startSimulator } from '../lib/simulator/start-simulator.js';
import { wireAudit } from '../lib/wire-audit.js';
import { whenSettled } from './support/when-settled.js';

/** Rules that judge by earlier audits. No node of this fleet can have any at its first one. */
const needHistory = ['time-to-full'];

/** An hour of the service is over in a few seconds; scripts take what they take. */
const SPEED = 1_000;
/** Ends only an audit that hangs. */
const NO_HURRY = 900_000;

const nodes = builtInFleet.clusters.flatMap((cluster) =>
  cluster.nodes.map((node) => ({ cluster: cluster.name, ...node })),
);
const planted = nodes.flatMap(({ expect: wanted, instanceId, cluster }) =>
  wanted === undefined ? [] : [{ ...wanted, instanceId, cluster }],
);
const troubled = planted.flatMap((plant) => ('findings' in plant ? [plant] : []));
const findings = troubled.flatMap(({ findings: all, ...plant }) =>
  Object.entries(all).map(([finding, severity]) => ({ ...plant, finding, severity })),
);
const silent = planted.flatMap((plant) => ('silent' in plant ? [plant] : []));
const stuck = nodes.flatMap((node) => (node.behaviour === 'stuck' ? [node.instanceId] : []));

describe('an audit of the built-in fleet, with the real clients and the real probe', () => {
  let report: Report;
  let stop: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    const simulator = await startSimulator({ speed: SPEED });
    stop = () => simulator.stop();
    const clients = simulatorClients(simulator);
    const store = new MemoryRunStore();
    const deps = await wireAudit({
      clients,
      clusters: { include: [], exclude: [] },
      documentName: simulator.documentName,
      store,
      announcers: {
        topic: new SnsAnnouncer(clients.sns, { topicArn: simulator.topicArn, store }),
      },
      ledgers: new MemoryLedger(),
      recorders: {},
      policy: defaultPolicy,
      mutes: [],
      waits: [1],
    });
    const orchestrator = new InlineOrchestrator(() => whenSettled(clients.ssm, stuck));
    await auditFleet(deps, orchestrator, 'run-1');
    report = (await store.get('report.json')) as Report;
    clients.destroy();
  }, NO_HURRY);

  afterAll(() => stop());

  it('accounts for every node: discovered = read + silent', () => {
    expect(report.nodes.discovered).toBe(nodes.length);
    expect(report.nodes.read + report.nodes.silent).toBe(report.nodes.discovered);
    expect(report.nodes.silent).toBe(silent.length);
  });

  it.each(findings)('finds $finding ($severity) on $instanceId of $cluster: $because', (plant) => {
    const found = report.findings
      .filter(({ rule }) => rule === plant.finding)
      .flatMap((finding) => finding.nodes)
      .find(({ instanceId }) => instanceId === plant.instanceId);
    expect(found?.severity).toBe(plant.severity);
  });

  it.each(silent)('says $silent of $instanceId of $cluster: $because', (plant) => {
    const found = report.silent.find(({ instanceId }) => instanceId === plant.instanceId);
    expect(found?.reason).toBe(plant.silent);
  });

  it('finds nothing else, on those nodes and on all others', () => {
    const wanted = findings.map(({ instanceId, finding }) => `${instanceId} ${finding}`);
    const unread = silent.map(({ instanceId }) => `${instanceId} node-silent`);
    const accused = report.findings
      .filter(({ nodeGroup }) => nodeGroup !== '*')
      .flatMap(({ rule, nodes: found }) => found.map(({ instanceId }) => `${instanceId} ${rule}`));
    expect(accused.sort()).toEqual([...wanted, ...unread].sort());
  });

  it('warns of the upgrades that shrink limits: to 1.29 of payments, to 1.36 of the largest node', () => {
    const shrinking = report.findings.filter(({ rule }) => rule === 'limit-shrinks-on-upgrade');
    expect(
      shrinking.map(({ cluster, nodes: shrunk, summary }) => [
        cluster,
        shrunk.length,
        /Kubernetes [\d.]+ lowers the limit from [\d,]+ to [\d,]*\d/.exec(summary)?.[0],
      ]),
    ).toEqual([
      ['payments', 24, 'Kubernetes 1.29 lowers the limit from 262,144 to 131,072'],
      ['platform', 2, 'Kubernetes 1.36 lowers the limit from 3,145,728 to 1,048,576'],
    ]);
  });

  it('says nothing critical of the cluster whose nodes answer otherwise than most', () => {
    const said = report.findings.filter(({ cluster }) => cluster === 'media');
    expect(
      said.map(({ nodeGroup, rule, severity }) => [nodeGroup, rule, severity].join(' ')).sort(),
    ).toEqual(['catalogue dns-entry-share notice', 'encoders table-pressure warning']);
  });

  it('plants every rule that a first audit can find, and every reason of silence that Systems Manager can give', () => {
    const wanted = rules
      .filter(({ scope, id }) => scope === undefined && !needHistory.includes(id))
      .map(({ id }) => id);
    expect(new Set(findings.map(({ finding }) => finding))).toEqual(new Set(wanted));
    expect([...new Set(silent.map((plant) => plant.silent))].sort()).toMatchInlineSnapshot(`
      [
        "access-denied",
        "auto-mode",
        "cancelled",
        "delivery-timed-out",
        "failed",
        "invalid-platform",
        "no-answer",
        "refused",
        "ssm-missing",
        "ssm-offline",
        "timed-out",
        "truncated",
        "undeliverable",
        "unreadable",
        "windows",
      ]
    `);
  });
});
