import { containerFiles } from './container-files.js';
import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/**
 * What a host shows of the network policy agent of AWS, which runs in the pod of the VPC CNI.
 * @see https://github.com/aws/eks-charts/blob/master/stable/aws-vpc-cni/templates/daemonset.yaml
 */
export function policyAgentFiles({ policyAgent, os, hostAddress6 }: Machine): TreeFiles {
  if (policyAgent === undefined) return {};
  const { enabled, tableSize } = policyAgent;
  const args = [
    '/controller',
    `--enable-ipv6=${hostAddress6 !== undefined}`,
    `--enable-network-policy=${enabled}`,
    '--enable-cloudwatch-logs=false',
    '--enable-policy-event-logs=false',
    '--metrics-bind-addr=:8162',
    '--health-probe-bind-addr=:8163',
    '--conntrack-cache-cleanup-period=300',
    ...(tableSize === undefined ? [] : [`--conntrack-cache-table-size=${tableSize}`]),
  ];
  return containerFiles(
    { os },
    {
      pid: 3_105,
      id: 'c04e91d2'.repeat(8),
      name: 'aws-eks-nodeagent',
      comm: 'controller',
      image: 'registry.example/amazon/aws-network-policy-agent:v1.2.7-eksbuild.1',
      args,
    },
  );
}
