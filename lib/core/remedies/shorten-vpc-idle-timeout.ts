import { count, percent } from '../text/format.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import { shareOf, shareText } from '../measure/share.js';
import type { NodeGroupKind } from '../node/fleet.js';
import type { NodeFacts } from '../node/snapshot.js';

/**
 * Seconds that are proposed: just above the 7,200 after which Linux sends the first keepalive of a
 * socket that asks for them. A house choice; EC2 takes 60 to 432,000.
 */
const PROPOSED = 7_500;

/** What EC2 itself keeps on Nitro v6: the next step down, for connections with shorter keepalives. */
const NITRO_V6 = 350;

/**
 * Lets EC2 forget idle TCP connections sooner. What ended without FIN or RST then leaves its tracking,
 * and what only idles does too, unless keepalives are sent more often.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
export const shortenVpcIdleTimeout: Remedy = {
  id: 'shorten-vpc-idle-timeout',
  title: 'Let EC2 forget idle connections sooner',
  reach: 'node-group',
  answers: ['ec2'],
  leavesAlone: {
    'link-local-exceeded': 'it counts packets, and not connections',
  },

  assess({ facts, nodeGroupKind }) {
    const seconds = facts.vpcTracking?.tcpEstablishedSeconds;
    if (facts.shape?.hypervisor === 'xen') return useless('only Nitro instances have this timeout');
    if (seconds === undefined) {
      return {
        helps: null,
        reason: 'how long EC2 keeps an idle connection here is not known',
        predicted: {},
        steps: [],
      };
    }
    if (seconds <= PROPOSED) {
      return useless(
        `EC2 forgets an idle connection after ${count(seconds)} s already; below that, mind the keepalives`,
      );
    }
    return {
      helps: true,
      reason: `EC2 would forget an idle connection after ${count(PROPOSED)} s in place of ${count(seconds)} s, so that of those that nobody closes up to ${percent(1 - PROPOSED / seconds)} leave its tracking (estimate); how many there are EC2 does not tell${idleHere(facts)}`,
      predicted: {},
      steps: steps(seconds, nodeGroupKind),
    };
  },
};

function useless(reason: string): Weighed {
  return { helps: false, reason, predicted: {}, steps: [] };
}

/** The kernel's own idle connections: a hint, as the kernel forgets sooner and tracks other flows. */
function idleHere({ makeup, table }: NodeFacts): string {
  if (makeup?.idleEstablished === undefined) return '';
  const idle = shareOf(makeup.idleEstablished, makeup, table?.entries ?? makeup.listed);
  return idle === undefined
    ? ''
    : ` (of the kernel's table ${shareText(idle)} are established and idle for an hour)`;
}

/** @see https://github.com/aws/karpenter-provider-aws/pull/9152 */
function forGood(kind: NodeGroupKind): string {
  return kind === 'karpenter'
    ? `for good: spec.connectionTracking.tcpEstablishedTimeout: ${PROPOSED} of the EC2NodeClass, from Karpenter v1.13.0 on; it then makes Nitro instances alone`
    : 'for good: NetworkInterfaces[].ConnectionTrackingSpecification.TcpEstablishedTimeout of the launch template';
}

function steps(seconds: number, kind: NodeGroupKind): string[] {
  const modify = 'aws ec2 modify-network-interface-attribute --network-interface-id <interface>';
  return [
    "the interfaces of a node: aws ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values=<instance> --query 'NetworkInterfaces[].NetworkInterfaceId' --output text",
    `now, for each of them: ${modify} --connection-tracking-specification TcpEstablishedTimeout=${PROPOSED}`,
    `${forGood(kind)}; VPC CNI 1.21.2, 1.22.1 and newer give interfaces that they add the timeout of the first one`,
    `later, where every client sends keepalives more often than that: ${NITRO_V6}, the default of Nitro v6`,
    `undo: ${modify} --connection-tracking-specification TcpEstablishedTimeout=${seconds}, and take the durable edit back`,
    `proof: the next audit no longer finds vpc-idle-timeout, and conntrack_allowance_available grows (ethtool -S on the node)`,
  ];
}
