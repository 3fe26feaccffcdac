import type { Assessment } from '../judge/finding.js';
import type { Remedy } from '../judge/remedy.js';
import type { SilentReason } from '../node/silent-node.js';

const byHand =
  'read it where you can log in: npx eks-conntrack-auditor node (as root, in the host’s network namespace)';
const agent =
  'on the node: systemctl status amazon-ssm-agent; its log is /var/log/amazon/ssm/amazon-ssm-agent.log';
const role =
  'attach the policy AmazonSSMManagedInstanceCore to the role of the node, or turn on Default Host Management for the account';
const tags =
  'name a tag key that the instance really carries in the prop nodeTagKeys of the construct, and deploy again';

const steps: Readonly<Record<SilentReason, readonly string[]>> = {
  'auto-mode': [
    'watch the node’s events for ConntrackExceeded: AWS’s node monitoring agent runs there',
  ],
  windows: [],
  'ssm-missing': [role, agent],
  'ssm-offline': [agent, role],
  refused: [agent],
  undeliverable: [agent],
  'delivery-timed-out': [agent],
  'access-denied': [tags],
  'invalid-platform': [byHand],
  'timed-out': [
    'look for a node starved of CPU: the probe asks for little, at the lowest priority',
    byHand,
  ],
  failed: [byHand],
  cancelled: ['run the audit again: someone cancelled the command'],
  'no-answer': ['run the audit again; if it stays, look at the agent', agent],
  truncated: [byHand],
  unreadable: [byHand],
};

const text = { id: 'reach-node', title: 'Make the node readable' };

/** What brings a silent node back into sight, by the reason of its silence. */
export function reachSilentNode(reason: SilentReason): Assessment {
  const can = steps[reason].length > 0 && reason !== 'auto-mode';
  return {
    ...text,
    helps: can,
    reason: can
      ? 'a node that answers can be judged'
      : 'nothing makes this node readable through Systems Manager',
    predicted: {},
    steps: steps[reason],
  };
}

/**
 * A reading that cannot be true wants a second one, taken by other means. Silent nodes are named for the
 * reader: they have no facts to weigh, and `reachSilentNode` answers them.
 */
export const reachNode: Remedy = {
  ...text,
  answers: ['node-silent', 'reading-implausible'],
  assess: () => ({
    helps: true,
    reason: 'a second reading, taken by hand, tells a broken instrument from a broken node',
    predicted: {},
    steps: [byHand],
  }),
};
