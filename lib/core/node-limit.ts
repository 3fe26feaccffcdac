import type { InstanceShape } from './fleet.js';
import { expectedLimit } from './limit/expected-limit.js';
import { explainRead } from './limit/explain-read.js';
import { limitInputsOf } from './limit/node-inputs.js';
import type { NodeFacts, Table } from './snapshot.js';

/** Where the limit of this node comes from; nothing when too little is known of it to say. */
export function whyThisLimit(facts: NodeFacts, table: Table): string | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && explainRead(table, inputs).sentence;
}

/** The limit that this node should have; nothing when its kube-proxy or the host is unknown. */
export function expectedNodeLimit(facts: NodeFacts): number | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && expectedLimit(inputs).expected;
}

/** The limit that a node of another shape would have, all else being as on this one. */
export function expectedLimitOnShape(facts: NodeFacts, shape: InstanceShape): number | undefined {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined) return undefined;
  const memory = { nominalMiB: shape.memoryMiB };
  return expectedLimit({ ...inputs, memory, vcpus: shape.vcpus }).expected;
}
