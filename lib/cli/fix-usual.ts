import { PROGRAM } from '../program.js';

/** What stands in a file where nobody said otherwise. */
export const usual = {
  cluster: '<your cluster>',
  os: 'al2023',
  domain: 'cluster.local',
  program: PROGRAM,
} as const;

/** Modes of kube-proxy that people may name. */
export const modes = ['iptables', 'ipvs', 'nftables'] as const;
