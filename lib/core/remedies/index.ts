import type { Remedy } from '../judge/remedy.js';
import { dnsOverTcp } from './dns-over-tcp.js';
import { growHash } from './grow-hash.js';
import { growPolicyTable } from './grow-policy-table.js';
import { lowerNdots } from './lower-ndots.js';
import { nodeLocalDnsCache } from './node-local-dns-cache.js';
import { noAaaa } from './no-aaaa.js';
import { raiseLimit } from './raise-limit.js';
import { reachNode } from './reach-node.js';
import { resizeInstance } from './resize-instance.js';
import { restartKubeProxy } from './restart-kube-proxy.js';
import { sequentialDnsLookups } from './sequential-dns-lookups.js';
import { shortenTimeouts } from './shorten-timeouts.js';
import { shortenUdpTimeout } from './shorten-udp-timeout.js';
import { shortenVpcIdleTimeout } from './shorten-vpc-idle-timeout.js';
import { spreadCoreDns } from './spread-coredns.js';
import { spreadWorkload } from './spread-workload.js';
import { trailingDot } from './trailing-dot.js';
import { untrackSecurityGroup } from './untrack-security-group.js';

/**
 * Every remedy that is weighed for a finding about facts. The order breaks ties: what takes effect at
 * once and everywhere first, what changes nodes or workloads next, what changes habits last.
 */
export const remedies: readonly Remedy[] = [
  restartKubeProxy,
  raiseLimit,
  growHash,
  growPolicyTable,
  shortenVpcIdleTimeout,
  spreadWorkload,
  nodeLocalDnsCache,
  spreadCoreDns,
  resizeInstance,
  untrackSecurityGroup,
  shortenTimeouts,
  shortenUdpTimeout,
  lowerNdots,
  trailingDot,
  noAaaa,
  sequentialDnsLookups,
  dnsOverTcp,
  reachNode,
];
