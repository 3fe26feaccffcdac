import { timeNames, type Policy } from '../judge/policy.js';
import { present } from '../text/present.js';
import { secondsOf } from '../text/span.js';
import type { Configuration } from './configuration.js';

/** The keys of the policy that a configuration chooses. The whole policy is checked later. */
export function policyOf(configuration: Configuration): Partial<Policy> {
  const names = Object.keys(timeNames) as (keyof typeof timeNames)[];
  const times = names.flatMap((name) => {
    const span = configuration[name];
    return span === undefined ? [] : [[timeNames[name], secondsOf(span)] as const];
  });
  return { ...present(configuration.thresholds ?? {}), ...Object.fromEntries(times) };
}
