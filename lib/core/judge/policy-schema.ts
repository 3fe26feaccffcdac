import * as v from 'valibot';
import { share, type Policy } from './policy.js';

const seconds = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** `policy.json` of a saved run: every key is there. */
export const policySchema: v.GenericSchema<unknown, Policy> = v.object({
  warningUsage: share,
  criticalUsage: share,
  targetUsage: share,
  tableMemoryShare: share,
  recentSeconds: seconds,
  remindAfterSeconds: seconds,
  flapSeconds: seconds,
} satisfies Record<keyof Policy, v.GenericSchema>);
