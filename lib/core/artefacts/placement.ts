import type { ArtefactContext } from './artefact.js';

/** Labels by which the nodes of a group are known to Kubernetes. */
const labelOf: Readonly<Record<string, string>> = {
  managed: 'eks.amazonaws.com/nodegroup',
  karpenter: 'karpenter.sh/nodepool',
};

/**
 * Where a DaemonSet runs: on Linux, not where EKS runs the node itself (Auto Mode, Fargate), and on the
 * node group alone where it is given and known by a label.
 */
export function placement({ nodeGroup }: Pick<ArtefactContext, 'nodeGroup'>) {
  const label = nodeGroup && labelOf[nodeGroup.kind];
  return {
    nodeSelector: {
      'kubernetes.io/os': 'linux',
      ...(label !== undefined && nodeGroup && { [label]: nodeGroup.name }),
    },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                {
                  key: 'eks.amazonaws.com/compute-type',
                  operator: 'NotIn',
                  values: ['auto', 'fargate'],
                },
              ],
            },
          ],
        },
      },
    },
  };
}
