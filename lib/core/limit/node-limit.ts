import type { InstanceShape } from '../node/fleet.js';
import { expectedLimit } from './expected-limit.js';
import { explainRead } from './explain-read.js';
import { limitInputsOf } from './node-inputs.js';
import { upgradePath } from './upgrade-path.js';
import type { NodeFacts, Table } from '../node/snapshot.js';

/** Where the limit of this node comes from; nothing if too few facts are known. */
export function whyThisLimit(facts: NodeFacts, table: Table): string | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && explainRead(table, inputs).sentence;
}

/** The limit that this node should have; nothing if its kube-proxy or the host is unknown. */
export function expectedNodeLimit(facts: NodeFacts): number | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && expectedLimit(inputs).expected;
}

/** The limit of a node of another shape that is otherwise like this one. */
export function expectedLimitOnShape(facts: NodeFacts, shape: InstanceShape): number | undefined {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined) return undefined;
  const memory = { nominalMiB: shape.memoryMiB };
  return expectedLimit({ ...inputs, memory, vcpus: shape.vcpus }).expected;
}

/**
 * The same node under the first later kube-proxy that shrinks its limit, to judge what must outlast that
 * upgrade. The facts as they are if no minor shrinks it.
 */
export function afterShrinkingUpgrade(facts: NodeFacts): NodeFacts {
  const inputs = limitInputsOf(facts);
  const step = inputs && upgradePath(inputs).find(({ change }) => change === 'shrinks');
  if (step === undefined || facts.kubeProxy === undefined) return facts;
  return { ...facts, kubeProxy: { ...facts.kubeProxy, version: step.version } };
}
