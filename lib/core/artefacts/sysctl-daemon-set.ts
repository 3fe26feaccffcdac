import type { Artefact, ArtefactContext } from './artefact.js';
import { placement } from './placement.js';

/** Sets the limit again every minute, for as long as the durable form is not yet there. */
export function sysctlDaemonSet(
  { limit, nodeGroup }: Pick<ArtefactContext, 'limit' | 'nodeGroup'>,
  because: readonly string[],
): Artefact {
  const labels = { 'app.kubernetes.io/name': 'conntrack-limit' };
  const file = '/proc/sys/net/netfilter/nf_conntrack_max';
  const script = `while true; do [ "$(cat ${file})" -ge ${limit} ] || echo ${limit} >${file}; sleep 60; done`;
  return {
    file: 'conntrack-limit-daemonset.yaml',
    place: 'stop-gap',
    kind: 'kubernetes',
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'conntrack-limit', namespace: 'kube-system', labels },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              // Only the host's own network namespace may write the limit.
              hostNetwork: true,
              ...placement(nodeGroup === undefined ? {} : { nodeGroup }),
              priorityClassName: 'system-node-critical',
              tolerations: [{ operator: 'Exists' }],
              containers: [
                {
                  name: 'sysctl',
                  image: 'public.ecr.aws/docker/library/busybox:1.37.0',
                  command: ['sh', '-c', script],
                  securityContext: { privileged: true },
                  resources: {
                    requests: { cpu: '1m', memory: '4Mi' },
                    limits: { memory: '16Mi' },
                  },
                },
              ],
            },
          },
        },
      },
    ],
    explains: [
      'A stop-gap: kube-proxy overwrites the limit when it restarts, and for up to a minute the lower one holds.',
      ...because,
      'It is privileged, as writing the setting asks for it. It raises the limit only, and writes nothing else.',
      'Undo: kubectl -n kube-system delete daemonset conntrack-limit (the limit stays until kube-proxy restarts).',
      'Proof: the next audit reads the limit.',
    ],
  };
}
