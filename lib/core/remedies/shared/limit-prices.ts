import { udpDnsShare } from '../../measure/dns-share.js';
import { parseKubeProxyVersion } from '../../node/kube-proxy-version.js';
import type { NodeFacts } from '../../node/snapshot.js';
import { count } from '../../text/format.js';

/**
 * Entries of the network policy agent's own table: what it starts with, and what it can be given at most.
 *
 * @see https://github.com/aws/aws-network-policy-agent#network-policy-agent-arguments
 */
export const AGENT = { starts: 524_288, most: 1_048_576 };

/** Share of the table from which a table is one of DNS. As the rule `dns-entry-share`, a house choice. */
const OF_DNS = 0.3;

/** The first minor whose kube-proxy deletes stale entries of UDP one by one. */
const SLOW_FROM = 32;

/** What a larger table costs beside memory, each with its own `; `; nothing where that is nothing. */
export function pricesBesideMemory(limit: number, facts: NodeFacts): string {
  return [...agentPrice(limit, facts), ...kubeProxyPrice(facts)].map((one) => `; ${one}`).join('');
}

/** The agent forgets a connection that its own table has no room for, however large the kernel's is. */
function agentPrice(limit: number, { networkPolicyAgent: agent }: NodeFacts): string[] {
  if (agent?.enabled !== true) return [];
  const size = agent.tableSize ?? AGENT.starts;
  if (limit <= size) return [];
  const enough =
    limit > AGENT.most
      ? `, which takes at most ${count(AGENT.most)} and cannot follow further`
      : ` (nodeAgent.conntrackCacheTableSize of the VPC CNI: ${limit}, on new nodes)`;
  return [
    `the network policy agent of this node has a table of ${count(size)} of its own, which has to grow as well${enough}`,
  ];
}

/** @see https://github.com/kubernetes/kubernetes/issues/135323 */
function kubeProxyPrice(facts: NodeFacts): string[] {
  const minor = parseKubeProxyVersion(facts.kubeProxy?.version ?? '')?.minor ?? 0;
  const dns = udpDnsShare(facts)?.share ?? 0;
  if (minor < SLOW_FROM || dns < OF_DNS) return [];
  return [
    `kube-proxy from 1.${SLOW_FROM} on goes through every entry of UDP when it cleans up, and a larger table full of lookups stalls its rules for longer (kubernetes/kubernetes#135323)`,
  ];
}
