import type { ArtefactContext } from '../../lib/core/artefacts/artefact.js';

/** What files are filled in with where a test does not say otherwise. */
export const aContext: ArtefactContext = {
  cluster: 'payments',
  program: 'npx eks-conntrack-auditor',
  limit: 262_144,
  os: 'al2023',
  dnsAddress: '172.20.0.10',
  domain: 'cluster.local',
  proxyMode: 'iptables',
};
