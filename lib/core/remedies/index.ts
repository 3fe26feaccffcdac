import type { Remedy } from '../remedy.js';
import { nodeLocalDnsCache } from './node-local-dns-cache.js';
import { raiseLimit } from './raise-limit.js';
import { reachNode } from './reach-node.js';
import { resizeInstance } from './resize-instance.js';

/** Every remedy that is weighed for a finding about facts, in the order that breaks a tie. */
export const remedies: readonly Remedy[] = [
  raiseLimit,
  resizeInstance,
  nodeLocalDnsCache,
  reachNode,
];
