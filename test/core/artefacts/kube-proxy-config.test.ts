import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubeProxyConfigScript } from '../../../lib/core/artefacts/kube-proxy-config.js';

const EKS_CONFIG = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig
conntrack:
  maxPerCore: 32768
  min: 131072
  tcpCloseWaitTimeout: 1h0m0s
iptables:
  minSyncPeriod: 1s
kind: KubeProxyConfiguration
mode: iptables`;

/** Answers `get` with a file, and keeps what `create` is given and the rest of what it is asked. */
const FAKE_KUBECTL = `#!/bin/sh
echo "$*" >>"$HERE/asked"
case "$*" in
  *'get configmap'*) cat "$HERE/config" ;;
  *'create configmap'*) for word; do case $word in --from-file=config=*) cat "\${word#--from-file=config=}" >"$HERE/created" ;; esac; done ;;
  *'apply -f -'*) cat >/dev/null ;;
esac
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  writeFileSync(join(folder, 'kubectl'), FAKE_KUBECTL);
  chmodSync(join(folder, 'kubectl'), 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function apply(config: string, values: Record<string, number | string>): string {
  const artefact = kubeProxyConfigScript('x.sh', values);
  if (artefact.kind !== 'bash') throw new Error('the script is not a script');
  writeFileSync(join(folder, 'config'), config);
  return execFileSync('sh', ['-c', artefact.text], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HERE: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const created = () =>
  parse(readFileSync(join(folder, 'created'), 'utf8')) as Record<string, unknown>;

describe('the script that changes kube-proxy’s configuration', () => {
  it('changes the value in the conntrack block, and nothing else', () => {
    apply(EKS_CONFIG, { min: 262_144 });
    expect(created()).toEqual({
      ...(parse(EKS_CONFIG) as object),
      conntrack: { maxPerCore: 32_768, min: 262_144, tcpCloseWaitTimeout: '1h0m0s' },
    });
  });

  it('adds a value that was not there', () => {
    apply(EKS_CONFIG.replace('  min: 131072\n', ''), { min: 262_144 });
    expect(created()['conntrack']).toMatchObject({ min: 262_144 });
  });

  it('restarts kube-proxy, keeps a backup, and ends with how to undo it', () => {
    const out = apply(EKS_CONFIG, { maxPerCore: 0 });
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain(
      'rollout restart daemonset kube-proxy',
    );
    const backup = readdirSync(folder).find((file) => file.startsWith('kube-proxy-config.')) ?? '';
    expect(readFileSync(join(folder, backup), 'utf8')).toBe(EKS_CONFIG);
    expect(out.trim().split('\n').at(-1)).toContain(`--from-file=config=${backup}`);
  });

  it('fails, and applies nothing, where there is no conntrack block', () => {
    expect(() => apply('mode: iptables\n', { min: 1 })).toThrow('no conntrack block');
    expect(readdirSync(folder)).not.toContain('created');
  });
});
