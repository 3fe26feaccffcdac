import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import type { NodeOs } from './expected-limit.js';

/** The first minor whose images have Linux 6.12; those from 1.36 on have 6.18. */
const FIRST_WITH_612 = { al2023: 33, bottlerocket: 34 } as const;

/**
 * The kernel of an OS's EKS images, if nobody said which one runs. Amazon Linux 2023 and Bottlerocket follow
 * the Kubernetes minor, so without a readable kube-proxy version we assume their newest one.
 * @see https://github.com/awslabs/amazon-eks-ami/tree/main/templates/al2023
 * @see https://github.com/bottlerocket-os/bottlerocket/tree/develop/variants
 */
export function assumedKernel(os: NodeOs, kubeProxy?: string): string {
  if (os === 'al2') return '5.10';
  if (os !== 'al2023' && os !== 'bottlerocket') return '6.1';
  const minor = parseKubeProxyVersion(kubeProxy ?? 'none')?.minor;
  if (minor === undefined || minor > 35) return '6.18';
  return minor >= FIRST_WITH_612[os] ? '6.12' : '6.1';
}
