import { count } from '../text/format.js';
import { expectedLimit } from '../limit/expected-limit.js';
import { kubeProxyText } from '../limit/explain-limit.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import type { NodeFacts } from '../node/snapshot.js';
import type { AuditIndex } from './audit-index.js';
import type { NodeMemory } from './ledger.js';

/** Who put a limit back, if it is lower than when the node was last read. */
export function limitNote(facts: NodeFacts, before: NodeMemory): string | undefined {
  const max = facts.table?.max;
  const [, , was] = before.usage.at(-1) ?? [];
  if (max === undefined || was === undefined || max >= was) return undefined;
  return `the limit went back from ${count(was)} to ${count(max)}${whoGives(max, facts)}`;
}

/** The same for a node by its id; nothing if it was not read, now or before. */
export function limitNoteOf(
  instanceId: string,
  { facts, ledger }: Pick<AuditIndex, 'facts' | 'ledger'>,
): string | undefined {
  const now = facts(instanceId);
  const before = ledger?.nodes[instanceId];
  return now && before && limitNote(now, before);
}

const unknown = ', by a hand or a tool that is not known';

function whoGives(max: number, facts: NodeFacts): string {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined) return unknown;
  const limit = expectedLimit(inputs);
  if (limit.expected === max && limit.kubeProxyTarget === max) {
    return `: ${kubeProxyText(inputs)} computes ${count(max)}`;
  }
  if (limit.kernelDefault === max) return `: ${count(max)} is the kernel default for its memory`;
  if (limit.boots === max) return `: Bottlerocket sets ${count(max)} at boot`;
  return unknown;
}
