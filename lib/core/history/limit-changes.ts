import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { byGroup, type AuditedPlace, type Question } from './question.js';

/** Nodes of one group whose limit differed from the reading before, in one audit. */
export interface LimitChange extends AuditedPlace {
  /** ISO 8601, UTC: the first audit that read the new limit. */
  readonly at: string;
  readonly cluster: string;
  readonly node_group: string;
  readonly was: number;
  readonly max: number;
  /** What the limit model expected then; absent if it did not know. */
  readonly expected_max?: number;
  readonly nodes: number;
  readonly instance_ids: readonly string[];
}

type Change = Omit<LimitChange, 'nodes' | 'instance_ids'> & { readonly instance_id: string };

/**
 * When limits changed, the newest first. A replaced node has another instance id and is no change, and
 * readings before the first day in question do not count.
 */
export function limitChanges(): Question<LimitChange[]> {
  const last = new Map<string, number>();
  const changes: Change[] = [];
  return {
    take({ instance_id, cluster, node_group, account, region }, { max, expected_max }, at) {
      if (max === undefined) return;
      const was = last.get(instance_id);
      if (was === max) return;
      last.set(instance_id, max);
      if (was === undefined) return;
      changes.push({
        at,
        cluster,
        node_group,
        was,
        max,
        instance_id,
        ...present({ account, region, expected_max }),
      });
    },
    answer: () => [...groupBy(changes, keyOf).values()].map(together).sort(newestFirst),
  };
}

function keyOf({ at, account, region, cluster, node_group, was, max, expected_max }: Change) {
  return JSON.stringify([at, account, region, cluster, node_group, was, max, expected_max]);
}

function together(group: readonly Change[]): LimitChange {
  const [{ instance_id: _, ...change }] = group as readonly [Change];
  const instance_ids = group.map(({ instance_id }) => instance_id).sort();
  return { ...change, nodes: instance_ids.length, instance_ids };
}

function newestFirst(a: LimitChange, b: LimitChange): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return b.nodes - a.nodes || byGroup(a, b);
}
