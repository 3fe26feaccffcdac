import type { SilentReason } from '../node/silent-node.js';

/** How far one node got with a command; a reason if it will never answer. */
export type Outcome = 'running' | 'ended' | SilentReason;

/**
 * Run Command's words of `StatusDetails` and of `Status`, spaces taken out.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html
 */
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['Pending', 'running'],
  ['InProgress', 'running'],
  ['Delayed', 'running'],
  ['Cancelling', 'running'],
  ['Success', 'ended'],
  ['Failed', 'failed'],
  ['TimedOut', 'timed-out'],
  ['ExecutionTimedOut', 'timed-out'],
  ['DeliveryTimedOut', 'delivery-timed-out'],
  ['Undeliverable', 'undeliverable'],
  ['AccessDenied', 'access-denied'],
  ['InvalidPlatform', 'invalid-platform'],
  ['Cancelled', 'cancelled'],
  ['Terminated', 'cancelled'],
  ['RateExceeded', 'cancelled'],
]);

/** The details say more, so they go first. An unknown word counts as `failed`. */
export function outcomeOf(status: string | undefined, details: string | undefined): Outcome {
  return known(details) ?? known(status) ?? 'failed';
}

function known(word: string | undefined): Outcome | undefined {
  return OUTCOMES.get(word?.replaceAll(' ', '') ?? '');
}

/**
 * Whether the SSM agent cut this text: it leaves a mark where it does.
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/processor/executer/iohandler/iohandler.go
 */
export function isCut(text: string): boolean {
  return text.includes('---Output truncated---') || text.trimEnd().endsWith('--output truncated--');
}

/**
 * What the probe itself printed. Where a script did not end with 0, the list puts a rule below it, and then
 * stderr with the agent's word on it.
 */
export function outputOf(text: string): string {
  return text.split('\n----------ERROR-------\n')[0]?.trimEnd() ?? '';
}

/** Whether this may be the first part of an answer: the probe prints one object, and nothing before it. */
export function beginsLikeAnswer(text: string): boolean {
  return text.trimStart().startsWith('{');
}
