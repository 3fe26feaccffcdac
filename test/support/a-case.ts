import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { Case } from '../../lib/core/judge/remedy.js';
import { ruleTexts } from '../../lib/core/rules/index.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { shape } from './a-node.js';

/** A case of `table-pressure`, or of another rule, on the one m5.large that these facts describe. */
export function aCase({ facts }: { facts: NodeFacts }, different: Partial<Case> = {}): Case {
  const { rule = 'table-pressure' } = different;
  const about = ruleTexts.find(({ id }) => id === rule)?.about;
  if (about === undefined) throw new Error(`there is no rule '${rule}'`);
  return {
    rule,
    about,
    facts,
    instanceType: 'm5.large',
    cluster: 'example',
    nodeGroup: 'workers',
    nodeGroupKind: 'managed',
    group: { nodes: 1, entries: facts.table?.entries ?? 0, medianUsage: 0 },
    shapes: [shape],
    policy: defaultPolicy,
    ...different,
  };
}
