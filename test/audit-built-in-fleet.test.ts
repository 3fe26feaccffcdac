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

/** Rules that judge by earlier audits. No node of this fleet can have any at its first one. */
const needHistory = ['time-to-full'];

/** Longer than the simulated commands can live, and than this machine takes to run the probes. */
const WAITS = [3, 3, 3, 3, 3, 3, 3, 3];

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
const mutes = planted.flatMap((plant) => ('silent' in plant ? [plant] : []));

describe('an audit of the built-in fleet, with the real clients and the real probe', () => {
  let report: Report;
  let stop: () => Promise<void> = () => Promise.resolve();

  beforeAll(async () => {
    const simulator = await startSimulator();
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
      recorders: [],
      policy: defaultPolicy,
      mutes: [],
      waits: WAITS,
    });
    await auditFleet(deps, new InlineOrchestrator(), 'run-1');
    report = (await store.get('report.json')) as Report;
    clients.destroy();
  }, 120_000);

  afterAll(() => stop());

  it('accounts for every node: discovered = read + silent', () => {
    expect(report.nodes.discovered).toBe(nodes.length);
    expect(report.nodes.read + report.nodes.silent).toBe(report.nodes.discovered);
    expect(report.nodes.silent).toBe(mutes.length);
  });

  it.each(findings)('finds $finding ($severity) on $instanceId of $cluster: $because', (plant) => {
    const found = report.findings
      .filter(({ rule }) => rule === plant.finding)
      .flatMap((finding) => finding.nodes)
      .find(({ instanceId }) => instanceId === plant.instanceId);
    expect(found?.severity).toBe(plant.severity);
  });

  it.each(mutes)('says $silent of $instanceId of $cluster: $because', (plant) => {
    const silent = report.silent.find(({ instanceId }) => instanceId === plant.instanceId);
    expect(silent?.reason).toBe(plant.silent);
  });

  it('finds nothing else, on those nodes and on all others', () => {
    const wanted = findings.map(({ instanceId, finding }) => `${instanceId} ${finding}`);
    const silent = mutes.map(({ instanceId }) => `${instanceId} node-silent`);
    const accused = report.findings
      .filter(({ nodeGroup }) => nodeGroup !== '*')
      .flatMap(({ rule, nodes: found }) => found.map(({ instanceId }) => `${instanceId} ${rule}`));
    expect(accused.sort()).toEqual([...wanted, ...silent].sort());
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

  it('plants every rule that a first audit can find, and every reason that Systems Manager can give for mute', () => {
    const wanted = rules
      .filter(({ scope, id }) => scope === undefined && !needHistory.includes(id))
      .map(({ id }) => id);
    expect(new Set(findings.map(({ finding }) => finding))).toEqual(new Set(wanted));
    expect([...new Set(mutes.map(({ silent }) => silent))].sort()).toMatchInlineSnapshot(`
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
