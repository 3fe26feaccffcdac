import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeProxyCases, kubeProxyTree } from '../support/kube-proxy-trees.js';
import { PROBE, runProbe } from '../support/probe.js';

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-kube-proxy-test-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

describe('what the probe tells of kube-proxy', () => {
  it.each(Object.entries(kubeProxyCases))('with %s', async (_, { tree, expected }) => {
    const run = await runProbe(await kubeProxyTree(scratch, tree));
    expect(run).toMatchObject({ code: 0, stderr: Buffer.alloc(0) });
    expect(run.stdout.toString()).not.toContain('111122223333');
    const answer = JSON.parse(run.stdout.toString()) as { kubeProxy?: unknown };
    expect(answer.kubeProxy).toEqual(expected);
  });

  it('looks at the first processes of that name only, so that a crowd cannot blind it', async () => {
    const crowd = Array.from({ length: 300 }, (_, index) => [10_000 + index, 'kube-proxy']);
    const names = Object.fromEntries(crowd) as Record<number, string>;
    const found = async (pid: number): Promise<unknown> => {
      const tree = await kubeProxyTree(scratch, { names, proxies: [{ pid }] });
      const { stdout } = await runProbe(tree);
      return (JSON.parse(stdout.toString()) as { kubeProxy?: unknown }).kubeProxy;
    };
    expect(await found(1_000)).toEqual({ running: true, tag: 'v1.31.2-eksbuild.3' });
    expect(await found(700)).toEqual({ running: true });
  });

  it('runs no program of a container runtime', async () => {
    const code = (await readFile(PROBE, 'utf8')).replaceAll(/^ *#.*$/gm, '');
    expect(code).not.toMatch(/\b(crictl|ctr|nerdctl|docker|nsenter|chroot)\b/);
  });
});
