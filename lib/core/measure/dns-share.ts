import type { Makeup } from '../node/makeup.js';
import { shareOf, type Share } from './share.js';
import type { NodeFacts } from '../node/snapshot.js';

/** How to measure by hand what the probe did not bring. */
export const countDnsByHand =
  'count them as root on the node: conntrack -L -p udp --orig-port-dst 53 2>/dev/null | wc -l';

type Listed = Pick<NodeFacts, 'makeup' | 'table'>;

/** Share of the table that DNS lookups hold, UDP and TCP; nothing where the entries were not listed. */
export function dnsShare(facts: Listed): Share | undefined {
  return shareOfListed(facts, dnsEntries);
}

/** Of those, the lookups over UDP: what asks over TCP already is not changed by asking in another way. */
export function udpDnsShare(facts: Listed): Share | undefined {
  return shareOfListed(facts, ({ dns }) => dns.udp);
}

/**
 * Share of the table that is DNS and held by CoreDNS on this node: lookups of other nodes, and those
 * that CoreDNS passes on. An upper bound, as not everything that CoreDNS holds need be a lookup.
 */
export function coreDnsShare(facts: Listed): Share | undefined {
  return shareOfListed(facts, ofCoreDns);
}

/** Share of the table that is DNS and not held by CoreDNS: the lookups of this node's own pods. */
export function clientDnsShare(facts: Listed): Share | undefined {
  return shareOfListed(facts, (makeup) => dnsEntries(makeup) - ofCoreDns(makeup));
}

/** Whether CoreDNS is among those that hold most entries here. */
export function runsCoreDns({ holders }: Makeup): boolean {
  return holders.some(({ owner = '' }) => COREDNS.test(owner));
}

const COREDNS = /^kube-system\/coredns-/;

function dnsEntries({ dns }: Makeup): number {
  return dns.udp + dns.tcp;
}

function ofCoreDns(makeup: Makeup): number {
  const held = makeup.holders
    .filter(({ owner = '' }) => COREDNS.test(owner))
    .reduce((sum, { entries }) => sum + entries, 0);
  return Math.min(held, dnsEntries(makeup));
}

function shareOfListed(
  { makeup, table }: Listed,
  part: (makeup: Makeup) => number,
): Share | undefined {
  return makeup && shareOf(part(makeup), makeup, table?.entries ?? makeup.listed);
}
