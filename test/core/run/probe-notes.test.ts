import { describe, expect, it } from 'vitest';
import { textReport } from '../../../lib/core/render/text.js';
import { auditFleet } from '../../../lib/core/run/audit-fleet.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { judgeSavedRun } from '../../../lib/core/run/judged-run.js';
import type { Report } from '../../../lib/core/judge/report.js';
import type { Invocation } from '../../../lib/core/run/ports.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { fakeAudit, FakeProbe } from '../../support/fakes.js';

/** A full table, told by this probe. */
function by(instanceId: string, probe?: string): Invocation {
  const text = JSON.stringify({ v: 1, probe, entries: 99, max: 100, hostNetwork: true });
  return { instanceId, status: 'answered', text };
}

/** An audit by a program that brings `brought`, of nodes that answered by these probes. */
async function audited(brought: string | undefined, ...probes: (string | undefined)[]) {
  const ids = probes.map((_, at) => `i-${at}`);
  const fleet = aFleet(ids.map((instanceId) => aNode({}, { instanceId }).node));
  const answers = Object.fromEntries(ids.map((id, at) => [id, by(id, probes[at])]));
  const { deps, orchestrator, published, store } = fakeAudit(fleet, new FakeProbe(ids, answers));
  const probeVersion = brought === undefined ? {} : { probeVersion: brought };
  await auditFleet({ ...deps, ...probeVersion }, orchestrator, 'run-1');
  return { report: (await store.get('report.json')) as Report, published, store };
}

const NOTE =
  '1 node of 3 answered by probe 1111aaaa, and this program brings 2222bbbb: ' +
  'the default version of the SSM document is of another release, so it was rolled back, not promoted, or deployed by another version of this program';

describe('answers of another probe than the program brings', () => {
  it('are said in the report, in its text and in the message, and judged as they are', async () => {
    const { report, published } = await audited('2222bbbb', '2222bbbb', '1111aaaa', '2222bbbb');
    expect(report.notes).toEqual([NOTE]);
    expect(report.nodes).toEqual({ discovered: 3, read: 3, silent: 0 });
    expect(report.findings[0]?.nodes).toHaveLength(3);
    expect(textReport(report)).toContain(`Notes\n  ${NOTE}\n`);
    expect(published).toMatchObject([{ notes: [NOTE] }]);
  });

  it('are said when the run is judged again', async () => {
    const { report, store } = await audited('2222bbbb', '1111aaaa');
    expect((await judgeSavedRun(store, catalogue)).report).toEqual(report);
    expect(report.notes?.[0]).toContain('1 node of 1 answered by probe 1111aaaa');
  });

  it('are said for each such probe, and of one that is older than versions', async () => {
    const { report } = await audited('2222bbbb', '1111aaaa', undefined, undefined);
    expect(report.notes).toEqual([
      expect.stringContaining('1 node of 3 answered by probe 1111aaaa, and'),
      expect.stringContaining('2 nodes of 3 answered by a probe that does not tell its version'),
    ]);
  });

  it('are no matter where each node answered by the right one, or nobody says which that is', async () => {
    for (const { report, published } of [
      await audited('2222bbbb', '2222bbbb', '2222bbbb'),
      await audited(undefined, '1111aaaa', undefined),
      await audited('2222bbbb'),
    ]) {
      expect(report).not.toHaveProperty('notes');
      expect(published.flatMap(({ notes }) => notes).join()).not.toContain('probe');
    }
  });

  it('do not speak through a version that no probe has', async () => {
    const { report } = await audited('2222bbbb', '\u001b[31mred', 'two words');
    expect(report.notes).toEqual([
      expect.stringContaining('2 nodes of 2 answered by a probe that does not tell its version'),
    ]);
  });
});
