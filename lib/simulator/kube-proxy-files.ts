import type { Machine } from './machine.js';

const PID = 2_417;
const CONTAINER = '5b1c0e7f'.repeat(8);

/** What a host shows of a kube-proxy that runs under containerd: cgroup v1 on Amazon Linux 2, else v2. */
export function kubeProxyFiles({ kubeProxy, os }: Machine): Record<string, string> {
  if (kubeProxy === undefined) return {};
  const { tag, maxPerCore, min, mode = 'iptables' } = kubeProxy;
  const annotations = {
    'io.kubernetes.cri.container-name': 'kube-proxy',
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.image-name': `registry.example/eks/kube-proxy:${tag}`,
    'io.kubernetes.cri.sandbox-namespace': 'kube-system',
  };
  const scope = `/kubepods.slice/kubepods-burstable.slice/cri-containerd-${CONTAINER}.scope`;
  const cgroup =
    os.id === 'amzn' && os.version === '2'
      ? `2:memory:${scope}\n1:name=systemd:${scope}\n`
      : `0::${scope}\n`;
  const spec = `run/containerd/io.containerd.runtime.v2.task/k8s.io/${CONTAINER}/config.json`;
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
  return {
    [`proc/${PID}/comm`]: 'kube-proxy\n',
    [`proc/${PID}/cgroup`]: cgroup,
    [`proc/${PID}/root/var/lib/kube-proxy-config/config`]: config.join('\n'),
    [spec]: JSON.stringify({ ociVersion: '1.2.0', process: { args: ['kube-proxy'] }, annotations }),
  };
}
