import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { jsonReport } from '../../../lib/core/render/json.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { judgedRun } from '../../../lib/core/run/judged-run.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aFleet, aNode, aNodeUsing } from '../../support/a-node.js';

describe('jsonReport', () => {
  it('has the keys that machines were promised', () => {
    const snapshots = [aNodeUsing(130_000, 131_072)];
    const silent = [
      { instanceId: 'i-silent', cluster: 'example', nodeGroup: 'workers', reason: 'timed-out' },
    ] as const;
    const nodes = [
      ...snapshots.map(({ node }) => node),
      aNode({}, { instanceId: 'i-silent' }).node,
    ];
    const evidence = {
      runId: 'run-1',
      startedAt: '2026-11-23T08:00:00Z',
      fleet: aFleet(nodes),
      snapshots,
      silent,
    };
    const report = jsonReport(judgedRun(evidence, {}, catalogue, defaultPolicy));
    expect(report).toMatchObject({
      schemaVersion: 1,
      runId: 'run-1',
      nodes: { discovered: 2, read: 1, silent: 1 },
      silent: [{ instanceId: 'i-silent', cluster: 'example', reason: 'timed-out' }],
    });
    expect(report.findings[0]).toMatchObject({
      rule: 'table-pressure',
      severity: 'critical',
      cluster: 'example',
      nodeGroup: 'workers',
      nodes: ['i-0000000000000000a'],
      summary: expect.any(String) as string,
    });
    const effects = new Map(report.findings[0]?.remedies.map((remedy) => [remedy.id, remedy]));
    expect(effects.get('raise-limit')).toMatchObject({
      helps: true,
      predicted: { limit: 262_144, usage: 130_000 / 262_144 },
    });
    expect(effects.get('node-local-dns-cache')).toMatchObject({
      helps: null,
      predicted: { limit: 131_072, usage: null },
    });
    expect(effects.get('resize-instance')).toMatchObject({
      helps: false,
      predicted: { limit: null, usage: null },
    });
  });

  it('tells a bound, and what is not enough alone, and neither of what is a value and enough', () => {
    const dns = { udp: 200, tcp: 0, unreplied: 0 };
    const makeup = aMakeup({ dns, tcpStates: {} });
    const { node, facts } = aNode({ table: { entries: 960, max: 1_000 }, makeup });
    const evidence = {
      runId: 'run-1',
      startedAt: '2026-11-23T08:00:00Z',
      fleet: aFleet([node]),
      snapshots: [{ node, facts }],
      silent: [],
    };
    const { findings } = jsonReport(judgedRun(evidence, {}, catalogue, defaultPolicy));
    const of = (id: string) =>
      findings.flatMap(({ remedies }) => remedies).find((remedy) => remedy.id === id);
    expect(of('lower-ndots')).toMatchObject({
      enough: false,
      predicted: { limit: 1_000, bound: 'at least' },
    });
    expect(of('raise-limit')).not.toHaveProperty('enough');
    expect(of('raise-limit')?.predicted).toEqual({ limit: 2_048, usage: 960 / 2_048 });
  });

  it('has the margin of a prediction from a sample as a number, and none where nothing was sampled', () => {
    const predictedFrom = (whole: boolean) => {
      const makeup = aMakeup({ listed: 20_000, whole, dns: { udp: 12_000, tcp: 0, unreplied: 0 } });
      const { node, facts } = aNodeUsing(130_000, 131_072);
      const evidence = {
        runId: 'run-1',
        startedAt: '2026-11-23T08:00:00Z',
        fleet: aFleet([node]),
        snapshots: [{ node, facts: { ...facts, makeup } }],
        silent: [],
      };
      const { findings } = jsonReport(judgedRun(evidence, {}, catalogue, defaultPolicy));
      return findings
        .find(({ rule }) => rule === 'table-pressure')
        ?.remedies.find(({ id }) => id === 'node-local-dns-cache')?.predicted;
    };
    expect(predictedFrom(false)?.usageMargin).toBeCloseTo(0.0062, 4);
    expect(predictedFrom(true)).not.toHaveProperty('usageMargin');
  });
});
