import type { InstanceShape } from '../node/fleet.js';
import { expectedLimit, type LimitInputs } from './expected-limit.js';
import { explainRead } from './explain-read.js';
import { limitInputsOf } from './node-inputs.js';
import { upgradePath } from './upgrade-path.js';
import type { NodeFacts, Table } from '../node/snapshot.js';
import { remembered, rememberedOf } from '../text/remembered.js';

/** Where the limit of this node comes from; nothing if too few facts are known. */
export function whyThisLimit(facts: NodeFacts, table: Table): string | undefined {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined) return undefined;
  const { sentence } = explainRead(table, inputs);
  const unseen = unseenConfiguration(facts);
  return unseen === undefined ? sentence : `if EKS's defaults hold (${unseen}): ${sentence}`;
}

/** Why kube-proxy's configuration is not known; nothing where it is, or where none runs. */
export function unseenConfiguration({
  kubeProxyConfigState: state,
}: Pick<NodeFacts, 'kubeProxyConfigState'>): string | undefined {
  if (state === 'not-visible') return "kube-proxy's configuration cannot be seen from there";
  return state === 'not-understood' ? "kube-proxy's configuration was not understood" : undefined;
}

/**
 * The limit that kube-proxy's configuration asks for, where another one holds that EKS's defaults or the
 * boot explain: the file was edited, and kube-proxy has not started since.
 */
export function awaitedLimit(facts: NodeFacts, table: Table): number | undefined {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined || facts.kubeProxyConfigState !== 'known') return undefined;
  const { expected } = expectedLimit(inputs);
  if (expected === undefined || expected === table.max) return undefined;
  const byDefault = expectedLimit({ ...inputs, maxPerCore: undefined, min: undefined });
  if (byDefault.expected === expected) return undefined;
  const before = [byDefault.expected, byDefault.orElse, byDefault.boots];
  return before.includes(table.max) ? expected : undefined;
}

/** The limit that this node should have; nothing if its kube-proxy or the host is unknown. */
export function expectedNodeLimit(facts: NodeFacts): number | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && expectedLimit(inputs).expected;
}

/** The limit of a node of another shape that is otherwise like this one. */
export function expectedLimitOnShape(facts: NodeFacts, shape: InstanceShape): number | undefined {
  const inputs = limitInputsOf(facts);
  return inputs && onShape(inputs)(shape.memoryMiB)(shape.vcpus);
}

/** The limits of nodes alike on each shape. */
const onShape = rememberedOf((inputs: LimitInputs) =>
  remembered((nominalMiB: number) =>
    remembered(
      (vcpus: number) => expectedLimit({ ...inputs, memory: { nominalMiB }, vcpus }).expected,
    ),
  ),
);

/**
 * The same node under the first later kube-proxy that shrinks its limit, to judge what must outlast that
 * upgrade. The facts as they are if no minor shrinks it.
 */
export const afterShrinkingUpgrade = rememberedOf((facts: NodeFacts): NodeFacts => {
  const inputs = limitInputsOf(facts);
  const step = inputs && upgradePath(inputs).find(({ change }) => change === 'shrinks');
  if (step === undefined || facts.kubeProxy === undefined) return facts;
  return { ...facts, kubeProxy: { ...facts.kubeProxy, version: step.version } };
});
