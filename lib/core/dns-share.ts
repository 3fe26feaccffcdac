import type { NodeFacts } from './snapshot.js';

/** How to measure by hand what the probe did not bring. */
export const countDnsByHand =
  'count them as root on the node: conntrack -L -p udp --orig-port-dst 53 2>/dev/null | wc -l';

/** Share 0..1 of the table that DNS lookups hold; nothing where the entries were not listed. */
export function dnsShare({ makeup }: NodeFacts): number | undefined {
  return makeup === undefined || makeup.listed === 0 ? undefined : makeup.dns / makeup.listed;
}

/** Usage of the table once DNS holds `factor` times what it holds now. */
export function usageWithDns(facts: NodeFacts, factor: number): number | undefined {
  const share = dnsShare(facts);
  if (share === undefined || facts.table === undefined) return undefined;
  const { entries, max } = facts.table;
  return (entries / max) * (1 - share + share * factor);
}
