import { shareOf, type Share } from './share.js';
import type { NodeFacts } from './snapshot.js';

/** How to measure by hand what the probe did not bring. */
export const countDnsByHand =
  'count them as root on the node: conntrack -L -p udp --orig-port-dst 53 2>/dev/null | wc -l';

/** Share of the table that DNS lookups hold, UDP and TCP; nothing where the entries were not listed. */
export function dnsShare({
  makeup,
  table,
}: Pick<NodeFacts, 'makeup' | 'table'>): Share | undefined {
  if (makeup === undefined) return undefined;
  const { udp, tcp } = makeup.dns;
  return shareOf(udp + tcp, makeup, table?.entries ?? makeup.listed);
}

/** Usage of the table once DNS holds `factor` times what it holds now. */
export function usageWithDns(facts: NodeFacts, factor: number): number | undefined {
  const dns = dnsShare(facts);
  if (dns === undefined || facts.table === undefined) return undefined;
  const { entries, max } = facts.table;
  return (entries / max) * (1 - dns.share + dns.share * factor);
}
