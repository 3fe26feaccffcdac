import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { aTerminal } from '../support/a-terminal.js';

interface NodeJson {
  readonly facts: { readonly kernel?: string; readonly memory?: { readonly totalBytes: number } };
  readonly verdicts: readonly { readonly rule: string; readonly verdict: string }[];
}

async function node(...args: string[]) {
  const { terminal, out } = aTerminal();
  await run(['node', ...args], terminal);
  return out();
}

describe.runIf(process.platform === 'linux')('node, on this host', () => {
  it('reads the real kernel', async () => {
    const { facts, verdicts } = JSON.parse(await node('--json')) as NodeJson;
    expect(facts.kernel).toBe(readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim());
    const [, total] = /MemTotal:\s+(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
    expect(facts.memory?.totalBytes).toBe(Number(total) * 1024);
    expect(verdicts.map(({ rule }) => rule)).toContain('table-pressure');
  });

  it('takes the version of kube-proxy from its caller', async () => {
    const { facts } = JSON.parse(await node('--json', '--kube-proxy', '1.31')) as {
      facts: { kubeProxy: unknown };
    };
    expect(facts.kubeProxy).toEqual({ version: '1.31', source: 'given' });
  });

  it('says in words what each rule thinks', async () => {
    expect(await node()).toMatch(/table-pressure: (pass|no opinion|warning|critical)/);
  });
});
