import { defaultConntrack } from '../../limit/kube-proxy-target.js';
import { expectedLimit } from '../../limit/expected-limit.js';
import { explainRead } from '../../limit/explain-read.js';
import { limitInputsOf } from '../../limit/node-inputs.js';
import type { NodeFacts } from '../../node/snapshot.js';

/** A limit that kube-proxy is configured to set here, and has not set. */
export interface PendingLimit {
  readonly limit: number;
  /** True: what is in force is what was there before it was configured, so that only a start is missing. */
  readonly isCertain: boolean;
}

/**
 * What kube-proxy would raise the limit to if it started now. Nothing where it would not, or where its
 * configuration was not read: then its defaults are only taken to hold.
 */
export function pendingLimit(facts: NodeFacts): PendingLimit | undefined {
  const { table, kubeProxyConfigState: state } = facts;
  const inputs = limitInputsOf(facts);
  if (inputs === undefined || table === undefined) return undefined;
  if (state !== 'known' && state !== 'absent') return undefined;
  const { expected: limit } = expectedLimit(inputs);
  if (limit === undefined || limit <= table.max) return undefined;
  const { by } = explainRead(table, inputs);
  const before = expectedLimit({ ...inputs, ...defaultConntrack }).expected;
  const isOlder = by === 'kernel-default' || by === 'bottlerocket-boot' || table.max === before;
  return { limit, isCertain: isOlder };
}

/** The same where it is certain that only a start is missing; 0 elsewhere. */
export function certainlyPending(facts: NodeFacts): number {
  const pending = pendingLimit(facts);
  return pending?.isCertain === true ? pending.limit : 0;
}
