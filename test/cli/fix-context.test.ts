import { describe, expect, it } from 'vitest';
import { filesOf } from '../../lib/cli/fix-files.js';
import { promisedBy } from '../../lib/cli/fix-context.js';
import { scopeOf } from '../../lib/core/artefacts/scope-of.js';
import type { Assessment } from '../../lib/core/judge/finding.js';
import { aContext } from '../support/a-context.js';
import { aFleet, aNode } from '../support/a-node.js';

const weighed = (different: Partial<Assessment> & Pick<Assessment, 'id'>): Assessment => ({
  title: 'Do it',
  helps: true,
  reason: 'because',
  predicted: {},
  steps: ['first', 'proof: later'],
  ...different,
});
const { limit: _limit, ...unlimited } = aContext;
const wanted = (...all: Assessment[]) => ({
  remedies: all.map((one) => ({ id: one.id, weighed: one })),
  context: {},
});

describe('the files of a finding', () => {
  it('hold the timeouts that were promised, ESTABLISHED among them', () => {
    const steps = [
      'now, on the node: sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=7440 net.netfilter.nf_conntrack_tcp_timeout_time_wait=30',
    ];
    const remedy = weighed({ id: 'shorten-timeouts', steps });
    expect(promisedBy({ id: remedy.id, weighed: remedy })).toEqual({
      timeouts: { tcp_timeout_established: 7_440, tcp_timeout_time_wait: 30 },
    });
    const files = filesOf(wanted(remedy), () => aContext);
    const [script] = files;
    const userData = files.find(({ artefact }) => artefact.kind === 'mime');
    expect(script?.text).toContain('--set conntrack.tcpEstablishedTimeout=7440s ');
    expect(script?.text).toContain('idle for longer than 7,440 s is forgotten');
    expect(script?.text).not.toContain('tcpCloseWaitTimeout');
    expect(userData?.text).toContain('net.netfilter.nf_conntrack_tcp_timeout_time_wait = 30\n');
    expect(userData?.text).toContain('net.netfilter.nf_conntrack_tcp_timeout_established = 7440\n');
  });

  it('are a runbook where the best is done by hand, with what else helps beside it', () => {
    const files = filesOf(
      wanted(
        weighed({ id: 'resize-instance' }),
        weighed({ id: 'raise-limit', predicted: { limit: 524_288 } }),
      ),
      () => unlimited,
    );
    expect(files[0]).toMatchObject({ path: '1-recommended/resize-instance.md' });
    expect(files[0]?.text).toBe('# Do it\n\nbecause\n\n1. first\n2. proof: later\n');
    expect(files.map(({ path }) => path)).toContain('alternatives/raise-limit.sh');
  });

  it('have names of their own where two remedies call theirs alike', () => {
    const files = filesOf(
      wanted(
        weighed({ id: 'raise-limit', predicted: { limit: 524_288 } }),
        weighed({ id: 'shorten-timeouts' }),
      ),
      () => aContext,
    );
    const paths = files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('alternatives/shorten-timeouts-user-data.mime');
  });
});

describe('the nodes that a file for a cluster reaches', () => {
  const read = aNode({}, { instanceId: 'i-read' });
  const silent = aNode({}, { instanceId: 'i-silent' });
  const windows = aNode({}, { instanceId: 'i-windows', platform: 'windows' });
  const auto = aNode({}, { instanceId: 'i-auto', autoMode: true });
  const other = aNode({}, { instanceId: 'i-other', cluster: 'another' });
  const all = [read, silent, windows, auto, other];
  const evidence = {
    runId: 'run-1',
    startedAt: '2026-11-01T00:00:00Z',
    fleet: aFleet(all.map(({ node }) => node)),
    snapshots: [read],
    silent: [],
  };

  it('are those of Linux that EKS does not run itself, the silent ones by their type', () => {
    const scope = scopeOf(evidence, read.node.cluster);
    expect(scope.map(({ instanceId }) => instanceId)).toEqual(['i-read', 'i-silent']);
    expect(scope[1]).toMatchObject({ vcpus: expect.any(Number) as number });
    expect(scope[1]?.memoryBytes).toBeGreaterThan(0);
    expect(scope[1]?.limit).toBeUndefined();
  });
});
