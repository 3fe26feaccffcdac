import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/core/judge/finding.js';
import { judge } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { bundledShapes, findShape } from '../../lib/core/limit/instance-shapes.js';
import type { Node } from '../../lib/core/node/fleet.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { aFleet, aNode } from '../support/a-node.js';
import { caseFacts } from '../support/public-cases.js';
import { installTools } from '../support/probe-tools.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'public-remedies-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

interface Told {
  readonly facts?: NodeFacts;
  readonly node?: Partial<Node>;
}

/** What is said of a public case, and of what EC2 tells of it beside. */
async function findingsOf(name: string, { facts: more = {}, node: different }: Told = {}) {
  const about = new URL(`../fixtures/cases/${name}/judged-with.txt`, import.meta.url);
  const [instanceType = ''] = (await readFile(about, 'utf8')).trim().split(' ');
  const shape = findShape(instanceType);
  if (shape === undefined) throw new Error(`no bundled shape of ${instanceType}`);
  const read = await caseFacts(scratch, tools, name);
  const { node } = aNode({}, { instanceType, ...different });
  const evidence = {
    runId: 'public',
    startedAt: '2026-11-27T08:00:00.000Z',
    fleet: aFleet([node], bundledShapes),
    snapshots: [{ node, facts: { ...read, shape, ...more } }],
    silent: [],
  };
  return judge(evidence, catalogue, defaultPolicy).findings;
}

function remediesOf(findings: readonly Finding[], rule: string): Finding['remedies'] {
  const found = findings.find((one) => one.rule === rule);
  if (found === undefined) {
    throw new Error(`${rule} is not among ${findings.map((one) => one.rule).join(', ')}`);
  }
  return found.remedies;
}

const remedy = (remedies: Finding['remedies'], id: string) => remedies.find((one) => one.id === id);

describe('what is recommended in a public case', () => {
  it('06: no min where maxPerCore is 0, and where the limit lasts instead', async () => {
    const table = { entries: 482_000, max: 524_288 };
    const findings = await findingsOf('06-max-per-core-0-with-min', { facts: { table } });
    const steps = remedy(remediesOf(findings, 'table-pressure'), 'raise-limit')?.steps.join('\n');
    expect(steps).toContain('for good: the same setting in the user data');
    expect(steps).toContain('ignores conntrack.min');
    expect(steps).not.toContain('set conntrack.min to');
  });

  it('11: the timeout of what nobody answers, by state, pod and port, and no dot', async () => {
    const findings = await findingsOf('11-syn-sent-table');
    const remedies = remediesOf(findings, 'table-pressure');
    const shorter = remedy(remedies, 'shorten-timeouts');
    expect(shorter).toMatchObject({ helps: true });
    expect(shorter?.reason).toMatch(
      /^SYN_SENT of 20 s \(now 120 s\) would free 66% ± 3% of the entries/,
    );
    expect(shorter?.reason).toContain('most of them to tcp/6379 and from shop/web-7d4b9c6f5-x2x9k');
    expect(shorter?.steps[0]).toContain('nf_conntrack_tcp_timeout_syn_sent=20');
    expect(remedy(remedies, 'trailing-dot')).toMatchObject({ helps: false });
  });

  it('12: the larger size as this node is launched, with one thread a core', async () => {
    const findings = await findingsOf('12-smt-off-resize', { facts: { threadsPerCore: 1 } });
    const larger = remedy(remediesOf(findings, 'table-pressure'), 'resize-instance');
    expect(larger?.predicted).toMatchObject({ instanceType: 'm5.4xlarge', limit: 262_144 });
    expect(larger?.reason).toContain('m5.4xlarge (8 vCPU, launched with one thread a core');
    expect(larger?.reason).toContain('more memory with 4 vCPU leaves the limit at 131,072');
  });

  it('13: the timeout before a table of 2,097,152 and another instance', async () => {
    const findings = await findingsOf('13-close-wait-ranking');
    const critical = findings.filter(({ severity }) => severity === 'critical');
    expect(critical.map(({ rule }) => rule)).toEqual(['table-drops', 'table-pressure']);
    for (const { remedies } of critical) {
      const helping = remedies.filter(({ helps }) => helps === true).map(({ id }) => id);
      expect(helping).toEqual(['shorten-timeouts', 'raise-limit', 'resize-instance']);
      expect(remedies[0]?.predicted).toMatchObject({ limit: 655_360, bound: 'at least' });
      expect(remedies[1]?.predicted).toMatchObject({ limit: 2_097_152, bound: 'at least' });
    }
  });

  it('16: the field of the node class, where Karpenter makes the nodes', async () => {
    const findings = await findingsOf('16-karpenter-eni-timeouts', {
      facts: { vpcTracking: { tcpEstablishedSeconds: 432_000, configured: false } },
      node: { nodeGroupKind: 'karpenter' },
    });
    const [first] = remediesOf(findings, 'allowance-exceeded');
    expect(first).toMatchObject({ id: 'shorten-vpc-idle-timeout', helps: true });
    expect(first?.steps.join('\n')).toContain(
      'for good: spec.connectionTracking.tcpEstablishedTimeout: 7500 of the EC2NodeClass',
    );
    expect(first?.steps.join('\n')).not.toContain('launch template');
  });

  it('18: NodeLocal DNSCache, and then CoreDNS apart and not pinned', async () => {
    const findings = await findingsOf('18-coredns-spread');
    const remedies = remediesOf(findings, 'link-local-exceeded');
    expect(remedies[0]).toMatchObject({ id: 'node-local-dns-cache', helps: true });
    const steps = remedy(remedies, 'spread-coredns')?.steps.join('\n');
    expect(steps).toContain('"topologySpreadConstraints":[{"maxSkew":1');
    expect(steps).toContain('take nodeSelector and affinity that pin CoreDNS');
  });

  it('sibling of 05: a start of kube-proxy, and nothing below what is configured', async () => {
    const findings = await findingsOf('sibling-05-max-per-core-not-restarted');
    const remedies = remediesOf(findings, 'table-pressure');
    expect(remedies.filter(({ helps }) => helps === true).map(({ id }) => id)).toEqual([
      'restart-kube-proxy',
    ]);
    expect(remedies[0]?.predicted).toEqual({ limit: 524_288, usage: 230_000 / 524_288 });
    const other = remedies.flatMap(({ predicted: { limit } }) =>
      limit === undefined || limit === 262_144 ? [] : [limit],
    );
    expect(other.length).toBeGreaterThan(0);
    expect(other.filter((limit) => limit < 524_288)).toEqual([]);
  });
});
