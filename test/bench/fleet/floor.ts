import { rateOf } from './buckets.js';
import type { Counted } from './counted.js';

/** Calls of the plain way: SendCommand and GetCommandInvocation for each node, with nothing to find them first. */
export function plainCalls(nodes: number): number {
  return 2 * nodes;
}

/**
 * Seconds that an audit with these calls takes at least where calls are limited: nobody can ask nodes before they are
 * found, read answers before they are asked for, or look at a cluster before its nodes are listed. Waits are counted
 * where they are real.
 */
export function floorSeconds({ calls }: Counted, waits: number): number {
  const seconds = (operation: string) => {
    const rate = rateOf(operation);
    const count = calls[operation] ?? 0;
    // The first second's calls come at once.
    return rate === undefined ? 0 : Math.max(0, count / rate.perSecond - 1);
  };
  const eks = Object.keys(calls).filter((name) => name.startsWith('eks:'));
  const ofEks = Math.max(0, eks.reduce((sum, name) => sum + (calls[name] ?? 0), 0) / 10 - 1);
  const found = Math.max(
    seconds('ssm:DescribeInstanceInformation'),
    seconds('ec2:DescribeInstances') + ofEks,
  );
  return found + seconds('ssm:SendCommand') + waits + seconds('ssm:ListCommandInvocations');
}
