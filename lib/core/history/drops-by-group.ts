import { present } from '../text/present.js';
import {
  byGroup,
  clusterKey,
  type AuditedPlace,
  type NodeIdentity,
  type NodeReading,
  type Question,
} from './question.js';

/** One node group in which the table was full at some time. */
export interface GroupDrops extends AuditedPlace {
  readonly cluster: string;
  readonly node_group: string;
  /** Packets of new flows refused, and entries evicted to make room. */
  readonly packets_dropped: number;
  readonly entries_evicted: number;
  /** Nodes that refused flows, and all nodes seen in these days. */
  readonly dropping_nodes: number;
  readonly nodes: number;
  /** ISO 8601, UTC: audits that found flows refused since the one before. Absent: none did. */
  readonly first_drop?: string;
  readonly last_drop?: string;
}

/** Where flows were refused. */
export interface Drops {
  /** Most drops first, without groups that had neither drops nor evictions. */
  readonly groups: readonly GroupDrops[];
  /** Readings that cannot tell: the first of a node, or the first after it was booted. */
  readonly unknown: number;
}

interface Seen {
  place: AuditedPlace;
  cluster: string;
  node_group: string;
  dropped: number;
  evicted: number;
  first?: string;
  last?: string;
  readonly nodes: Set<string>;
  readonly dropping: Set<string>;
}

/** Which node groups refused flows or evicted entries, and when. */
export function dropsByGroup(): Question<Drops> {
  const seen = new Map<string, Map<string, Seen>>();
  let unknown = 0;
  return {
    take(node, reading, at) {
      if (reading.drops === undefined && reading.silent === undefined) unknown += 1;
      add(groupOf(seen, node), node, reading, at);
    },
    answer: () => ({
      groups: [...seen.values()]
        .flatMap((groups) => [...groups.values()])
        .filter(({ dropped, evicted }) => dropped > 0 || evicted > 0)
        .sort((a, b) => b.dropped - a.dropped || b.evicted - a.evicted || bySeen(a, b))
        .map(groupDrops),
      unknown,
    }),
  };
}

function groupOf(seen: Map<string, Map<string, Seen>>, node: NodeIdentity): Seen {
  const { cluster, node_group, account, region } = node;
  const key = clusterKey(node);
  const groups = seen.get(key) ?? new Map<string, Seen>();
  const known = groups.get(node_group);
  if (known !== undefined) return known;
  const group = {
    place: present({ account, region }),
    cluster,
    node_group,
    dropped: 0,
    evicted: 0,
    nodes: new Set<string>(),
    dropping: new Set<string>(),
  };
  seen.set(key, groups.set(node_group, group));
  return group;
}

function add(group: Seen, { instance_id }: NodeIdentity, reading: NodeReading, at: string): void {
  const { drops = 0, early_drops = 0 } = reading;
  group.nodes.add(instance_id);
  group.evicted += early_drops;
  if (drops === 0) return;
  group.dropped += drops;
  group.dropping.add(instance_id);
  if (group.first === undefined || at < group.first) group.first = at;
  if (group.last === undefined || at > group.last) group.last = at;
}

function bySeen(a: Seen, b: Seen): number {
  return byGroup({ ...a.place, ...a }, { ...b.place, ...b });
}

function groupDrops({ place, cluster, node_group, dropped, evicted, ...rest }: Seen): GroupDrops {
  return {
    ...place,
    cluster,
    node_group,
    packets_dropped: dropped,
    entries_evicted: evicted,
    dropping_nodes: rest.dropping.size,
    nodes: rest.nodes.size,
    ...present({ first_drop: rest.first, last_drop: rest.last }),
  };
}
