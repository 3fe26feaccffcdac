import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { bundledShapes, findShape } from '../../lib/core/limit/instance-shapes.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { aFleet, aNode } from '../support/a-node.js';
import { caseFacts } from '../support/public-cases.js';
import { installTools } from '../support/probe-tools.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'public-verdicts-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** What is found on the node of a public case: `rule severity`, and `/cause` where there is one. */
async function foundIn(name: string): Promise<{ found: string[]; unjudged: string[] }> {
  const about = new URL(`../fixtures/cases/${name}/judged-with.txt`, import.meta.url);
  const [instanceType = '', version = '-'] = (await readFile(about, 'utf8')).trim().split(' ');
  const shape = findShape(instanceType);
  if (shape === undefined) throw new Error(`no bundled shape of ${instanceType}`);
  const read = await caseFacts(scratch, tools, name);
  const addOn = version === '-' ? undefined : { version, source: 'add-on' as const };
  const kubeProxy = read.kubeProxy ?? (addOn && { ...read.kubeProxyConfig, ...addOn });
  const { node } = aNode({}, { instanceType });
  const facts = { ...read, shape, ...(kubeProxy && { kubeProxy }) };
  const report = judge(
    {
      runId: 'public',
      startedAt: '2026-11-27T08:00:00.000Z',
      fleet: aFleet([node], bundledShapes),
      snapshots: [{ node, facts }],
      silent: [],
    },
    catalogue,
    defaultPolicy,
  );
  const place = `/${node.cluster}/`;
  const found = report.findings.map(({ id, severity }) => {
    const [rule = '', rest = ''] = id.split(place);
    const [, cause] = rest.split('/');
    return `${rule} ${severity}${cause === undefined ? '' : `/${cause}`}`;
  });
  return { found, unjudged: report.unjudged.map(({ rule }) => rule) };
}

describe('what is found in a public case', () => {
  it.each([
    { name: '01-bottlerocket-control-container', found: ['limit-shrinks-on-upgrade warning/1.29'] },
    { name: '02-bottlerocket-fixed-by-configmap', found: [] },
    { name: '09-log-of-another-netns', found: ['table-drops notice/another-namespace'] },
    { name: '15-count-over-max', found: ['table-pressure critical', 'table-drops warning'] },
    {
      name: '20-pass-lokomotive-1081',
      found: ['limit-shrinks-on-upgrade warning/1.36'],
    },
    { name: '25-pass-linkerd-8760', found: [] },
  ])('is $found: $name', async ({ name, found }) => {
    expect((await foundIn(name)).found.sort()).toEqual([...found].sort());
  });

  it.each([
    { name: '03-config-flow', not: ['limit-not-durable', 'limit-unexpected'] },
    { name: '03-config-quoted-keys', not: ['limit-not-durable', 'limit-unexpected'] },
    { name: '10-untracked-flows-allowance-low', not: ['allowance-low'] },
    { name: '17-stale-eni-gauge', not: ['allowance-low'] },
  ])('is not $not: $name', async ({ name, not }) => {
    const { found, unjudged } = await foundIn(name);
    expect(found.filter((one) => not.some((rule) => one.startsWith(rule)))).toEqual([]);
    expect(unjudged.filter((rule) => not.includes(rule))).toEqual([]);
  });

  it('has no opinion of the next start of kube-proxy where its configuration was not seen', async () => {
    const { unjudged } = await foundIn('02-bottlerocket-fixed-by-configmap');
    expect(unjudged).toEqual(expect.arrayContaining(['limit-not-durable', 'limit-unexpected']));
  });

  it('is a start of kube-proxy that is due where the file asks for more than holds', async () => {
    const { found } = await foundIn('sibling-05-max-per-core-not-restarted');
    expect(found).toContain('limit-unexpected warning/not-restarted');
  });

  it('is no idle NodeLocal DNSCache where only the other family has its rules', async () => {
    const { found } = await foundIn('sibling-07-ipv6-legacy');
    expect(found.filter((one) => one.startsWith('node-local-dns-idle'))).toEqual([]);
  });

  it('is still DNS over TCP, and what only waits', async () => {
    const { found } = await foundIn('23-pass-dns-over-tcp');
    expect(found).toEqual(
      expect.arrayContaining(['table-pressure warning', 'dns-entry-share warning']),
    );
  });
});
