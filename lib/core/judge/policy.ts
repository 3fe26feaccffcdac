import * as v from 'valibot';
import { keyed } from '../text/keyed.js';
import { secondsOf } from '../text/span.js';

/** What an operator may choose. All shares run from 0 to 1. */
export interface Policy {
  /** Usage at which `table-pressure` warns. */
  readonly warningUsage: number;
  /** Usage at which `table-pressure` is critical. */
  readonly criticalUsage: number;
  /** Usage that a remedy aims for. */
  readonly targetUsage: number;
  /** Share of a node's memory for a full table. */
  readonly tableMemoryShare: number;
  /** How far back a `table full` line of the kernel log still counts, in seconds. */
  readonly recentSeconds: number;
  /** Seconds from the last message about a critical finding to its reminder. */
  readonly remindAfterSeconds: number;
  /** A finding that comes back within this time has to be clear twice to be resolved, in seconds. */
  readonly flapSeconds: number;
}

/** House choices; the two usages are what the field's own alerts use (node_exporter's mixin, Netdata). */
export const defaultPolicy: Policy = {
  warningUsage: 0.75,
  criticalUsage: 0.95,
  targetUsage: 0.5,
  tableMemoryShare: 0.05,
  recentSeconds: 86_400,
  remindAfterSeconds: 86_400,
  flapSeconds: 86_400,
};

const SHARE = 'should be a share greater than 0 and at most 1';

/** A share that an operator chooses. */
export const share = v.pipe(v.number(SHARE), v.gtValue(0, SHARE), v.maxValue(1, SHARE));

/**
 * Bounds of a policy's times, in seconds. House limits: a reminder in each audit
 * would be noise, and a month is longer than anybody remembers a finding.
 */
export const times = { least: secondsOf('1h'), most: secondsOf('30d') };

/** Names of the policy's times in the configuration. */
export const timeNames = {
  remindAfter: 'remindAfterSeconds',
  flapWindow: 'flapSeconds',
  kernelLogWindow: 'recentSeconds',
} as const satisfies Record<string, keyof Policy>;

const TIME = `should be seconds from ${times.least} (1 hour) to ${times.most} (30 days)`;
const seconds = v.pipe(v.number(TIME), v.minValue(times.least, TIME), v.maxValue(times.most, TIME));

/** The policy that differs from `base` in the given keys. */
export function policyOver(base: Policy) {
  return v.pipe(
    keyed({
      warningUsage: v.optional(share, base.warningUsage),
      criticalUsage: v.optional(share, base.criticalUsage),
      targetUsage: v.optional(share, base.targetUsage),
      tableMemoryShare: v.optional(share, base.tableMemoryShare),
      recentSeconds: v.optional(seconds, base.recentSeconds),
      remindAfterSeconds: v.optional(seconds, base.remindAfterSeconds),
      flapSeconds: v.optional(seconds, base.flapSeconds),
    } satisfies Record<keyof Policy, v.GenericSchema>),
    v.rawCheck(warnsFirst),
  );
}

/** With two equal usages nobody would ever be warned. */
function warnsFirst({ dataset, addIssue }: v.RawCheckContext<Policy>): void {
  if (!dataset.typed) return;
  const { warningUsage, criticalUsage } = dataset.value;
  if (warningUsage < criticalUsage) return;
  addIssue({
    message: `should be less than 'criticalUsage', which is ${criticalUsage}`,
    input: warningUsage,
    path: [
      {
        type: 'object',
        origin: 'value',
        input: { ...dataset.value },
        key: 'warningUsage',
        value: warningUsage,
      },
    ],
  });
}
