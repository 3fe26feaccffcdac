import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { run } from '../../lib/cli/program.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aTerminal } from '../support/a-terminal.js';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
  for (const [name, value] of Object.entries(simulator.environment)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await simulator.stop();
});

async function collect(...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  const status = await run(['collect', '--bucket', simulator.bucketName, ...args], terminal);
  return { status, out: out(), notes: notes() };
}

describe('collect', () => {
  it('prints a NodeDiagnostic for each node of EKS Auto Mode, each with an address of its own', async () => {
    const { status, out, notes } = await collect('--cluster', 'platform');
    const documents = parseAllDocuments(out).map((one) => one.toJS() as Record<string, unknown>);
    expect(documents).toHaveLength(5);
    expect(documents[0]).toMatchObject({
      apiVersion: 'eks.amazonaws.com/v1alpha1',
      kind: 'NodeDiagnostic',
      spec: { logCapture: { categories: ['Base', 'Networking', 'Runtime', 'System'] } },
    });
    for (const { metadata, spec } of documents as {
      metadata: { name: string };
      spec: { logCapture: { destination: string } };
    }[]) {
      const { pathname, searchParams } = new URL(spec.logCapture.destination);
      expect(pathname).toMatch(
        new RegExp(`/bundles/000000000000/us-east-1/${metadata.name}/\\d{8}T\\d{6}Z\\.tar\\.gz$`),
      );
      // S3 would hold what the agent puts there to a checksum of nothing.
      expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
      expect(searchParams.get('X-Amz-Expires')).toBe('3600');
    }
    expect(notes).toContain('take away: kubectl delete nodediagnostics i-');
    expect(out.endsWith('\n')).toBe(true);
    expect(status).toBe(0);
  });

  it('names a node of another kind by the name of its Kubernetes node', async () => {
    const { out } = await collect('--cluster', 'platform', '--node', 'i-0164200330045a19d');
    expect(out).toContain('name: i-0164200330045a19d\n');
    const strange = await collect(
      '--cluster',
      'platform',
      '--node',
      'ip-10-0-1-23.ec2.internal=i-00000000',
    );
    expect(strange.notes).toContain("has no running Linux node 'i-00000000'");
    const wrong = await collect('--cluster', 'platform', '--node', 'a b');
    expect(wrong.notes).toContain(
      "should be an instance id, or <node name>=<instance id>, got 'a b'",
    );
  });

  it('says where a cluster has no such node', async () => {
    const { status, notes } = await collect('--cluster', 'storefront');
    expect(notes).toContain("cluster 'storefront' has no node of EKS Auto Mode");
    expect(status).toBe(3);
  });
});
