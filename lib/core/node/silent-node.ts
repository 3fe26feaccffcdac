/** Why a node has no usable answer. Public words: they stand in reports and are never reused. */
export const silentReasons = {
  'auto-mode': 'EKS Auto Mode owns the instance and allows no Systems Manager access',
  windows: 'a Windows node has no conntrack table',
  'ssm-missing': 'the instance is not registered with Systems Manager',
  'ssm-offline': 'the SSM agent has stopped reporting',
  refused: 'Systems Manager refused the instance as not in a valid state',
  undeliverable: 'the command could not be delivered',
  'delivery-timed-out': 'the agent did not pick the command up in time',
  'access-denied': 'the role may not send the probe to this instance, or not read its answer',
  'invalid-platform': 'Systems Manager says that the platform cannot run the probe',
  'timed-out': 'the probe did not end within its time limit',
  failed: 'the probe ended with an error',
  cancelled: 'the command was cancelled or terminated',
  'no-answer': 'the audit ended before the node answered',
  truncated: 'the answer was cut, and cut again when it was read once more',
  unreadable: 'the answer is not one that the probe gives',
  'not-sent': 'Systems Manager took no command for this instance',
  'not-read': 'Systems Manager did not hand over the answer',
} as const;

export type SilentReason = keyof typeof silentReasons;

/** Reasons that lie with the services or the role, and not with the node: the audit itself is incomplete. */
export const notOfTheNode: readonly SilentReason[] = ['access-denied', 'not-sent', 'not-read'];

/** A node that could not be judged, always with the reason. */
export interface SilentNode {
  readonly instanceId: string;
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly reason: SilentReason;
}
