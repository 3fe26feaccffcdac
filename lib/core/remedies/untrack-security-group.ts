import type { Remedy } from '../judge/remedy.js';

/**
 * Lets EC2 not track what its security groups allow from everywhere, both ways.
 *
 * A flow is untracked where one rule allows it from all addresses and another allows all answers, on
 * all ports. Security groups are not read here, so how many connections that is is not predicted.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#untracked-connections
 */
export const untrackSecurityGroup: Remedy = {
  id: 'untrack-security-group',
  title: 'Allow a busy port from everywhere, so that EC2 does not track it',
  reach: 'node-group',
  answers: ['ec2'],
  leavesAlone: {
    'link-local-exceeded': 'it counts packets, and not connections',
  },

  assess: () => ({
    helps: null,
    reason:
      'EC2 does not track a flow that one rule allows from 0.0.0.0/0 (or ::/0) and another allows to answer on all ports; which flows of this node those could be was not read, and the port is open to everybody whom no network ACL stops',
    predicted: {},
    steps: [
      'choose a port that the node serves, such as that of an ingress; what comes through a NAT gateway, a Network Load Balancer, PrivateLink, Lambda or a Global Accelerator is tracked all the same',
      'first: let the network ACL of the subnets allow that port from your own ranges only',
      'then: aws ec2 authorize-security-group-ingress --group-id <group> --protocol tcp --port <port> --cidr 0.0.0.0/0 (outbound the group must allow 0.0.0.0/0 on all ports, as it does by default)',
      'undo: aws ec2 revoke-security-group-ingress with the same arguments; connections that were not tracked break at that moment',
      'proof: conntrack_allowance_available grows (ethtool -S on the node)',
    ],
  }),
};
