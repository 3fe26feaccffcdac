import type { Command } from '../judge/command.js';
import type { Remedy } from '../judge/remedy.js';
import type { SilentReason } from '../node/silent-node.js';
import { present } from '../text/present.js';

const byHand: Command = { name: 'node' };
/** EKS's node monitoring agent, which is built into Auto Mode, answers a NodeDiagnostic with a support bundle. */
const collect: Command = { name: 'collect' };
const agent =
  'on the node: systemctl status amazon-ssm-agent; its log is /var/log/amazon/ssm/amazon-ssm-agent.log';
const role =
  'attach the policy AmazonSSMManagedInstanceCore to the role of the node, or turn on Default Host Management for the account';
const again =
  'run the audit again; if it stays, look at the gaps of the report: they name the call and what the service said';
const tags =
  'name a tag key that the instance really carries in the prop nodeTagKeys of the construct, and deploy again';

/** What to do, reason by reason; the reading by hand comes last. */
const ways: Readonly<Record<SilentReason, readonly (string | Command)[]>> = {
  'auto-mode': [
    collect,
    'the agent takes minutes, at most 20; the next audit reads the bundle, and reads it for a day',
    'take it away again: kubectl delete nodediagnostics <instance ids>',
    'meanwhile watch the node’s events for ConntrackExceeded: the same agent tells them',
  ],
  windows: [],
  'ssm-missing': [role, agent],
  'ssm-offline': [agent, role],
  refused: [agent],
  undeliverable: [agent],
  'delivery-timed-out': [agent],
  'access-denied': [
    tags,
    'or allow the role what the gaps of the report name, such as ssm:GetCommandInvocation',
  ],
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
  'not-sent': [again],
  'not-read': [again],
};

/** What helps where Systems Manager never will. */
const otherWays: Readonly<Partial<Record<SilentReason, string>>> = {
  'auto-mode':
    'Systems Manager reaches no node of EKS Auto Mode; the agent of EKS on it tells nearly as much in a support bundle',
};

/**
 * What brings a silent node back into sight, by the reason why it did not answer. A reading that cannot
 * be true wants a second one, taken by other means.
 */
export const reachNode: Remedy = {
  id: 'reach-node',
  title: 'Make the node readable',
  reach: 'node-group',
  answers: ['reach', 'reading'],
  assess: () => ({
    helps: true,
    reason: 'a second reading, taken by hand, tells a broken instrument from a broken node',
    predicted: {},
    steps: [],
    command: byHand,
  }),

  assessSilent(reason) {
    const steps = ways[reason].filter((way) => typeof way === 'string');
    const command = ways[reason].find((way) => typeof way !== 'string');
    const can = ways[reason].length > 0;
    return {
      helps: can,
      reason: can
        ? (otherWays[reason] ?? 'a node that answers can be judged')
        : 'nothing makes this node readable through Systems Manager',
      predicted: {},
      steps,
      ...present({ command }),
    };
  },
};
