import { describe, expect, it } from 'vitest';
import { MemoryRunStore } from '../../../lib/adapters/memory-run-store.js';
import { auditFleet } from '../../../lib/core/run/audit-fleet.js';
import type { RunStore } from '../../../lib/core/run/ports.js';
import type { Report } from '../../../lib/core/judge/report.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { judgeSavedRun } from '../../../lib/core/run/judged-run.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { answering, fakeAudit, FakeProbe } from '../../support/fakes.js';

const nodes = (...names: string[]) => names.map((instanceId) => aNode({}, { instanceId }).node);
const ids = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`);

const reportOf = async (store: RunStore) => (await store.get('report.json')) as Report;

describe('auditFleet', () => {
  it('tells what it found, and reports every silent node with its reason', async () => {
    const names = [
      'i-calm',
      'i-full',
      'i-offline',
      'i-missing',
      'i-refused',
      'i-slow',
      'i-lost',
      'i-odd',
      'i-killed',
    ];
    const fleet = aFleet([
      ...nodes(...names),
      aNode({}, { instanceId: 'i-auto', autoMode: true }).node,
      aNode({}, { instanceId: 'i-win', platform: 'windows' }).node,
    ]);
    const probe = new FakeProbe(names, {
      'i-full': answering('i-full', 99, 100),
      'i-offline': 'offline',
      'i-missing': 'missing',
      'i-refused': 'refused',
      'i-lost': 'lost',
      'i-slow': { instanceId: 'i-slow', status: 'running' },
      'i-odd': { instanceId: 'i-odd', status: 'answered', text: 'hello' },
      'i-killed': { instanceId: 'i-killed', status: 'silent', reason: 'timed-out' },
    });
    const { deps, orchestrator, published, store } = fakeAudit(fleet, probe);

    const summary = await auditFleet(deps, orchestrator, 'run-1');

    const report = await reportOf(store);
    expect(report.nodes).toEqual({ discovered: 11, read: 2, silent: 9 });
    expect(summary).toMatchObject({ runId: 'run-1', nodes: report.nodes });
    expect(Object.fromEntries(report.silent.map((one) => [one.instanceId, one.reason]))).toEqual({
      'i-auto': 'auto-mode',
      'i-killed': 'timed-out',
      'i-lost': 'no-answer',
      'i-missing': 'ssm-missing',
      'i-odd': 'unreadable',
      'i-offline': 'ssm-offline',
      'i-refused': 'refused',
      'i-slow': 'no-answer',
      'i-win': 'windows',
    });
    expect(report.findings.map(({ rule }) => rule)).toContain('table-pressure');
    expect(
      published[0]?.transitions.map(({ kind, finding }) => [kind, finding.rule]),
    ).toContainEqual(['new', 'table-pressure']);
  });

  it('asks 50 nodes at a time, and each of them once', async () => {
    const names = ids(1_101);
    const probe = new FakeProbe(names);
    const { deps, orchestrator, store } = fakeAudit(aFleet(nodes(...names)), probe);

    await auditFleet(deps, orchestrator, 'run-1');

    expect(probe.sent.map(({ length }) => length).sort((a, b) => a - b)).toEqual([
      1,
      ...Array<number>(22).fill(50),
    ]);
    expect(new Set(probe.sent.flat())).toEqual(new Set(names));
    expect((await reportOf(store)).nodes).toEqual({
      discovered: 1_101,
      read: 1_101,
      silent: 0,
    });
  });

  it('stops looking when every command has ended', async () => {
    const probe = new FakeProbe(['i-1'], {}, 2);
    const { deps, orchestrator, slept } = fakeAudit(aFleet(nodes('i-1')), probe, [5, 6, 7, 8, 9]);
    await auditFleet(deps, orchestrator, 'run-1');
    expect(slept).toEqual([5, 6, 7]);
  });

  it('reads what there is when the waits are used up', async () => {
    const probe = new FakeProbe(['i-1'], { 'i-1': { instanceId: 'i-1', status: 'running' } }, 99);
    const { deps, orchestrator, store } = fakeAudit(aFleet(nodes('i-1')), probe, [1, 1]);
    await auditFleet(deps, orchestrator, 'run-1');
    expect((await reportOf(store)).silent).toMatchObject([
      { instanceId: 'i-1', reason: 'no-answer' },
    ]);
  });

  it('reports a fleet without nodes, and waits for nothing', async () => {
    const probe = new FakeProbe([]);
    const { deps, orchestrator, published, store, slept } = fakeAudit(aFleet([]), probe);
    await auditFleet(deps, orchestrator, 'run-1');
    expect((await reportOf(store)).nodes).toEqual({ discovered: 0, read: 0, silent: 0 });
    expect(published.map(({ transitions, notes }) => [transitions, notes])).toEqual([
      [[], ['nothing was audited: no cluster of us-east-1 is wanted, or there is none']],
    ]);
    expect(slept).toEqual([]);
  });

  it('leaves a run that is judged again to the same report', async () => {
    const names = ['i-calm', 'i-full'];
    const probe = new FakeProbe(names, { 'i-full': answering('i-full', 99, 100) });
    const { deps, orchestrator, store } = fakeAudit(aFleet(nodes(...names)), probe);
    await auditFleet(deps, orchestrator, 'run-1');
    const { report } = await judgeSavedRun(store, catalogue);
    expect(JSON.parse(JSON.stringify(report))).toEqual(await reportOf(store));
  });

  it('remembers no more of a step than ids and counts, however many nodes there are', async () => {
    const names = ids(2_000);
    const probe = new FakeProbe(names);
    const { deps, orchestrator } = fakeAudit(aFleet(nodes(...names)), probe);
    const sizes: number[] = [];
    const step = orchestrator.step.bind(orchestrator);
    orchestrator.step = async (name, work) => {
      const result = await step(name, work);
      sizes.push(JSON.stringify(result ?? null).length);
      return result;
    };
    await auditFleet(deps, orchestrator, 'run-1');
    expect(Math.max(...sizes)).toBeLessThan(2_000);
  });

  it('tells what an audit before could not tell, though it finds nothing new itself', async () => {
    const probe = new FakeProbe(['i-full'], { 'i-full': answering('i-full', 99, 100) });
    const { deps, orchestrator, published } = fakeAudit(aFleet(nodes('i-full')), probe);
    const broken = { publish: () => Promise.reject(new Error('no route to host')) };
    const first = await auditFleet(
      { ...deps, announcers: { topic: broken } },
      orchestrator,
      'run-1',
    );
    expect(first.failed).toEqual({ topic: 'no route to host' });

    const later = { ...deps, store: new MemoryRunStore(), now: () => '2026-11-23T08:15:00.000Z' };
    const summary = await auditFleet(later, orchestrator, 'run-2');

    expect(summary).toMatchObject({ runId: 'run-2', told: 0 });
    expect(published.map(({ runId }) => runId)).toEqual(['run-1', 'run-2']);
    expect(published[0]?.transitions.map(({ finding }) => finding.rule)).toContain(
      'table-pressure',
    );
    expect(published[1]?.notes).toEqual([expect.stringContaining('topic fails since')]);
  });

  it('takes memory back before it judges, before it writes and before it tells', async () => {
    const probe = new FakeProbe(['i-full'], { 'i-full': answering('i-full', 99, 100) });
    const { deps, orchestrator, published } = fakeAudit(aFleet(nodes('i-full')), probe);
    const seen: string[] = [];
    const collect = () => void seen.push(`collects, ${published.length} told`);
    const watch = ({ stage }: { readonly stage: string }) => void seen.push(stage);

    await auditFleet({ ...deps, collect, watch }, orchestrator, 'run-1');

    expect(seen.slice(seen.indexOf('read'))).toEqual([
      'read',
      'collects, 0 told',
      'collects, 0 told',
      'judged',
      'collects, 0 told',
    ]);
    expect(published).toHaveLength(1);
  });

  it('tells a watcher how far it is, stage by stage', async () => {
    const probe = new FakeProbe(['i-1']);
    const { deps, orchestrator } = fakeAudit(aFleet(nodes('i-1')), probe);
    const stages: string[] = [];
    await auditFleet({ ...deps, watch: ({ stage }) => stages.push(stage) }, orchestrator, 'run-1');
    expect(stages).toEqual(['discovered', 'asked', 'waiting', 'read', 'judged']);
  });
});
