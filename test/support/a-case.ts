import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { Case } from '../../lib/core/judge/remedy.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { shape } from './a-node.js';

/** A case of `table-pressure` on the one m5.large that these facts describe. */
export function aCase({ facts }: { facts: NodeFacts }, different: Partial<Case> = {}): Case {
  return {
    rule: 'table-pressure',
    facts,
    instanceType: 'm5.large',
    cluster: 'example',
    nodeGroup: 'workers',
    group: { nodes: 1, entries: facts.table?.entries ?? 0, medianUsage: 0 },
    shapes: [shape],
    policy: defaultPolicy,
    ...different,
  };
}
