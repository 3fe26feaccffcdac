import type { Artefact } from './artefact.js';

/** A strategic merge patch that spreads the pods of a Deployment evenly over nodes. */
export const spreadPatch: Artefact = {
  file: 'topology-spread-patch.yaml',
  place: 'recommended',
  kind: 'kubernetes',
  objects: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: '<your deployment>', namespace: '<its namespace>' },
      spec: {
        template: {
          spec: {
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: { app: '<label of its pods>' } },
              },
            ],
          },
        },
      },
    },
  ],
  explains: [
    'For the Deployments whose pods hold the most entries: ingress, proxies, DNS, whatever calls out most.',
    'Apply: kubectl -n <its namespace> patch deployment <your deployment> --patch-file topology-spread-patch.yaml',
    'Undo: kubectl rollout undo deployment.',
    'Proof: the next audit reads similar usage on every node of the group.',
  ],
};
