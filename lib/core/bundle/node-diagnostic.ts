import { stringify } from 'yaml';

/** A node that is to make a bundle, and where it puts it. */
export interface Collecting {
  /** The name of its Kubernetes node: of EKS Auto Mode the instance id. */
  readonly nodeName: string;
  /** An address that takes one PUT. */
  readonly destination: string;
}

/**
 * What audits read: instance id and Region; conntrack, ethtool, iptables and the VPC CNI; containers and the kubelet;
 * sysctl, the kernel log, processes and kube-proxy's journal. Left out is what devices log.
 *
 * @see https://github.com/aws/eks-node-monitoring-agent/blob/main/pkg/logcollection/collectors.go
 */
const categories = ['Base', 'Networking', 'Runtime', 'System'];

/**
 * Manifests by which the node monitoring agent of EKS makes bundles, one for each node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-get-logs.html
 */
export function nodeDiagnostics(nodes: readonly Collecting[]): string {
  const documents = nodes.map(({ nodeName, destination }) =>
    stringify(
      {
        apiVersion: 'eks.amazonaws.com/v1alpha1',
        kind: 'NodeDiagnostic',
        metadata: { name: nodeName },
        spec: { logCapture: { categories, destination } },
      },
      { lineWidth: 0 },
    ),
  );
  return documents.join('---\n');
}
