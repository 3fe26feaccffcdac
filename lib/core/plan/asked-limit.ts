import type { ScopeNode } from '../artefacts/scope.js';
import { afterShrinkingUpgrade } from '../limit/node-limit.js';
import type { NodeFacts } from '../node/snapshot.js';
import { present } from '../text/present.js';
import type { Member } from './candidate.js';
import type { Asking } from './limit-choice.js';
import type { Place } from './place.js';
import type { WeighedNodes } from './weighed-nodes.js';

export const SHRINKS = 'limit-shrinks-on-upgrade';

/** Whether a finding is over where the limit of today is kept. */
export function keeps({ rule }: { readonly rule: string }): boolean {
  return rule === SHRINKS || rule === 'limit-not-durable';
}

/** A node that asks for a limit, for a finding. */
export interface Asked extends Asking {
  readonly member: Member;
  readonly facts: NodeFacts;
}

/** What believed nodes of a finding ask for. */
export function askedBy(
  member: Member,
  { remedy, doubted }: Place,
  scope: ReadonlyMap<string, ScopeNode>,
  weighed: WeighedNodes,
): Asked[] {
  return weighed.of(member.finding).flatMap((snapshot): Asked[] => {
    const node = scope.get(snapshot.node.instanceId);
    if (node === undefined || doubted.has(node.instanceId)) return [];
    const said = weighed.weigh(remedy, member.finding, snapshot);
    const { limit } = said?.helps === true ? said.predicted : {};
    return limit === undefined ? [] : [askOf(member, node, snapshot.facts, limit)];
  });
}

function askOf(member: Member, node: ScopeNode, facts: NodeFacts, limit: number): Asked {
  const { rule, severity } = member.finding;
  const least = keeps(member.finding) ? Math.min(limit, facts.table?.max ?? limit) : limit;
  const version = rule === SHRINKS ? afterShrinkingUpgrade(facts).kubeProxy?.version : undefined;
  const upgraded = version === undefined ? undefined : { ...node, kubeProxy: version };
  return { node, limit, least, severity, member, facts, ...present({ upgraded }) };
}
