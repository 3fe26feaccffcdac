import { exceededBy, exceededMeasures, exceededText } from '../measure/allowance-excess.js';
import { count } from '../text/format.js';
import { hasGrown } from '../measure/counter-growth.js';
import type { Makeup } from '../node/makeup.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import type { NodeFacts } from '../node/snapshot.js';

/** Packets a second that EC2 takes from one network interface, whatever the size of the instance. */
const PACKETS_PER_SECOND = 1_024;

/**
 * Packets to the VPC's resolver, the instance metadata or the time service were too many.
 *
 * EC2 counts them for each network interface, before any answer. What is lost is a lookup of an
 * external name most of the time, and looks like a slow resolver.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export const linkLocalExceeded = defineRule({
  id: 'link-local-exceeded',
  title: 'Too many packets to the resolver of the VPC: lookups are lost',
  fires:
    'linklocal_allowance_exceeded grew since the last audit or within the probe (warning), or is above 0 since boot at first sight of a node (notice)',
  about: 'ec2',
  proof: 'growth',
  requires: ['allowance'],
  considers: ['makeup', 'nodeLocalDns', 'boot', 'growth', 'churn'],

  check(facts) {
    const lost = exceededText('linklocal', count, facts);
    if (lost === undefined) return undefined;
    return present({
      severity: hasGrown(exceededBy('linklocal', facts))
        ? ('warning' as const)
        : ('notice' as const),
      summary: `EC2 dropped packets to the resolver of the VPC, the instance metadata or the time service: ${lost}`,
      measures: exceededMeasures('linklocal', facts),
      why: `one network interface may send them ${count(PACKETS_PER_SECOND)} packets a second, on any size${askers(facts.makeup, facts.nodeLocalDns)}`,
    });
  },
});

/** Who on this node is likely to have asked. */
function askers(makeup: Makeup | undefined, nodeLocalDns: NodeFacts['nodeLocalDns']): string {
  const coreDns = makeup?.holders.find(({ owner }) => owner?.startsWith('kube-system/coredns'));
  if (coreDns?.owner !== undefined) {
    return `; ${coreDns.owner} is on this node and asks for every pod that it answers`;
  }
  if (nodeLocalDns === undefined) return '';
  return nodeLocalDns.interface
    ? '; NodeLocal DNSCache is on this node and asks for its pods'
    : '; NodeLocal DNSCache is not on this node';
}
