import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import type { NodeOs } from './expected-limit.js';

/**
 * The kernel of an OS's EKS images, if nobody said which one runs. Amazon Linux 2023 follows the
 * Kubernetes minor, so without a readable kube-proxy version we assume its newest one.
 * @see https://github.com/awslabs/amazon-eks-ami/tree/main/templates/al2023
 */
export function assumedKernel(os: NodeOs, kubeProxy?: string): string {
  if (os === 'al2') return '5.10';
  if (os !== 'al2023') return '6.1';
  const minor = parseKubeProxyVersion(kubeProxy ?? 'none')?.minor;
  if (minor === undefined || minor > 35) return '6.18';
  return minor > 32 ? '6.12' : '6.1';
}
