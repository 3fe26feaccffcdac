import type { Duration } from 'aws-cdk-lib';
import { defaultPolicy, type Policy } from '../core/judge/policy.js';
import { ConfigurationError } from './configuration-error.js';
import { remindAfterFrom } from './telling.js';

/** From which usage of its conntrack table a node is reported. Shares, from 0 to 1. */
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
}

/** The keys of the policy that differ from the default, after each has been checked. */
export function policyFrom(thresholds: Thresholds = {}, remindAfter?: Duration): Partial<Policy> {
  const { warningUsage, criticalUsage, targetUsage } = { ...defaultPolicy, ...thresholds };
  const usages = { warningUsage, criticalUsage, targetUsage };
  for (const [name, usage] of Object.entries(usages)) {
    if (!(usage > 0 && usage <= 1)) {
      throw new ConfigurationError(
        `'${name}' should be a share greater than 0 and at most 1, got ${usage}`,
      );
    }
  }
  if (warningUsage >= criticalUsage) {
    throw new ConfigurationError(
      `'warningUsage' should be less than 'criticalUsage', got ${warningUsage} and ${criticalUsage}`,
    );
  }
  const chosen = { ...usages, remindAfterSeconds: remindAfterFrom(remindAfter) };
  return Object.fromEntries(
    Object.entries(chosen).filter(([name, value]) => value !== defaultPolicy[name as keyof Policy]),
  );
}
