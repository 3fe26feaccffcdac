import { containerFiles } from './container-files.js';
import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

const PID = 2_417;

/** What a host shows of a kube-proxy that runs under containerd. */
export function kubeProxyFiles({ kubeProxy, os }: Machine): TreeFiles {
  if (kubeProxy === undefined) return {};
  const { tag, maxPerCore, min, mode = 'iptables' } = kubeProxy;
  const config = [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'conntrack:',
    `  maxPerCore: ${maxPerCore}`,
    `  min: ${min}`,
    '  tcpCloseWaitTimeout: 1h0m0s',
    'kind: KubeProxyConfiguration',
    `mode: ${mode}`,
    '',
  ];
  const container = {
    pid: PID,
    id: '5b1c0e7f'.repeat(8),
    name: 'kube-proxy',
    comm: 'kube-proxy',
    image: `registry.example/eks/kube-proxy:${tag}`,
    args: ['kube-proxy'],
  };
  return {
    ...containerFiles({ os }, container),
    [`proc/${PID}/root/var/lib/kube-proxy-config/config`]: config.join('\n'),
  };
}
