import type { Duration } from 'aws-cdk-lib';
import { defaultPolicy, policyOver, timeNames, times, type Policy } from '../core/judge/policy.js';
import { parsed } from '../core/text/parsed.js';
import { ConfigurationError, configured } from './configuration-error.js';

/** Usages of its conntrack table from which a node is reported. Shares, from 0 to 1. */
export interface Thresholds {
  /**
   * Usage at which a node is reported as a warning. Must be less than `criticalUsage`.
   *
   * @default 0.75
   */
  readonly warningUsage?: number;

  /**
   * Usage at which a node is reported as critical.
   *
   * @default 0.95
   */
  readonly criticalUsage?: number;

  /**
   * Usage that a recommended limit aims for.
   *
   * @default 0.5
   */
  readonly targetUsage?: number;

  /**
   * Share of the memory of a node that a full table of a recommended limit may cost.
   *
   * @default 0.05
   */
  readonly tableMemoryShare?: number;
}

/** The times that are part of a policy. */
export interface Times {
  /**
   * Time from the last message about a critical finding to its reminder, from 1 hour to 30 days.
   *
   * @default Duration.hours(24)
   */
  readonly remindAfter?: Duration;

  /**
   * A finding that comes back within this time has to be clear in two audits to be resolved, from 1
   * hour to 30 days.
   *
   * @default Duration.hours(24)
   */
  readonly flapWindow?: Duration;

  /**
   * How far back a `table full` line of the kernel log counts at the first sight of a node, from 1 hour
   * to 30 days.
   *
   * @default Duration.hours(24)
   */
  readonly kernelLogWindow?: Duration;
}

/** The keys of the policy that differ from the default, each checked. */
export function policyFrom(thresholds: Thresholds = {}, chosen: Times = {}): Partial<Policy> {
  const policy = configured(() =>
    parsed(policyOver(defaultPolicy), { ...thresholds, ...secondsFrom(chosen) }),
  );
  return Object.fromEntries(
    Object.entries(policy).filter(([name, value]) => value !== defaultPolicy[name as keyof Policy]),
  );
}

function secondsFrom(chosen: Times): Partial<Policy> {
  const given = Object.entries(timeNames).flatMap(([name, key]) => {
    const time = chosen[name as keyof Times];
    return time === undefined ? [] : [[key, checkedSeconds(name, time)] as const];
  });
  return Object.fromEntries(given);
}

/** Checks the time here as well, to name it as its author does. */
function checkedSeconds(name: string, time: Duration): number {
  const seconds = time.toSeconds();
  if (seconds >= times.least && seconds <= times.most) return seconds;
  throw new ConfigurationError(
    `'${name}' should be from 1 hour to 30 days, got ${time.toHumanString()}`,
  );
}
