import type { Evidence } from '../../lib/core/judge/judge.js';
import type { Cluster, Node } from '../../lib/core/node/fleet.js';
import type { NodeFacts, Snapshot } from '../../lib/core/node/snapshot.js';
import type { SilentNode } from '../../lib/core/node/silent-node.js';
import { groupBy } from '../../lib/core/text/group-by.js';

const NODES_OF_A_CLUSTER = 250;

/**
 * A fleet of so many nodes made of one run: clusters of 250 nodes, each with the node groups of one of the run's clusters,
 * so that it is as sick as the run. A node has its own id and its own number of entries, and shares the rest of its
 * facts with those that are made of the same one.
 */
export function sizedFleet(run: Evidence, nodes: number): Evidence {
  const { fleet, snapshots, silent } = run;
  const read = new Map(snapshots.map((one) => [one.node.instanceId, one]));
  const unread = new Map(silent.map((one) => [one.instanceId, one]));
  const templates = [...groupBy(fleet.nodes, ({ cluster }) => cluster).values()];
  const clusters = Array.from({ length: Math.ceil(nodes / NODES_OF_A_CLUSTER) }, (_, at) => ({
    name: `cluster-${at}`,
    template: templates[at % templates.length] ?? [],
  }));
  const made = clusters.flatMap(({ name, template }) => nodesOf(name, template)).slice(0, nodes);
  return {
    ...run,
    fleet: {
      ...fleet,
      clusters: clusters.flatMap(({ name, template }) => clusterOf(name, template, fleet.clusters)),
      nodes: made.map(({ node }) => node),
    },
    snapshots: made.flatMap(({ node, from, at }): Snapshot[] => {
      const facts = read.get(from)?.facts;
      return facts === undefined ? [] : [{ node, facts: jittered(facts, at) }];
    }),
    silent: made.flatMap(({ node: { instanceId }, from }): SilentNode[] => {
      const one = unread.get(from);
      return one === undefined ? [] : [{ ...one, instanceId }];
    }),
  };
}

interface MadeNode {
  readonly node: Node;
  /** The node of the run that it is made of. */
  readonly from: string;
  readonly at: number;
}

function nodesOf(cluster: string, template: readonly Node[]): MadeNode[] {
  return Array.from({ length: NODES_OF_A_CLUSTER }, (_, at) => at).flatMap((at) => {
    const one = template[at % template.length];
    if (one === undefined) return [];
    const instanceId = `i-${cluster}-${at}`;
    return [{ node: { ...one, cluster, instanceId }, from: one.instanceId, at }];
  });
}

function clusterOf(name: string, [node]: readonly Node[], known: readonly Cluster[]): Cluster[] {
  return known.filter((one) => one.name === node?.cluster).map((one) => ({ ...one, name }));
}

/** Up to 2 % fewer entries, so that no two nodes say the same. */
function jittered(facts: NodeFacts, at: number): NodeFacts {
  const { table, reading } = facts;
  if (table === undefined) return facts;
  const entries = Math.round(table.entries * (1 - (at % 41) / 2_000));
  return {
    ...facts,
    table: { ...table, entries },
    reading: { ...reading, entries },
    ...(facts.hash && {
      hash: { ...facts.hash, entriesPerBucket: entries / facts.hash.buckets },
    }),
  };
}

/** So many answers made of these, no two of them with the same numbers and names. */
export function answersOf(answers: readonly string[], amount: number): string[] {
  return Array.from({ length: amount }, (_, at) => {
    const own = at.toString(36).padStart(5, '0');
    return (answers[at % answers.length] ?? '')
      .replace(/"(owner|bootId)":"([^"]{5,})"/g, (_text, name: string, value: string) => {
        return `"${name}":"${value.slice(0, -5)}${own}"`;
      })
      .replace(/"(entries|found|invalid)":(\d{4,})/g, (_text, name: string, value: string) => {
        return `"${name}":${Number(value) - (at % 97)}`;
      });
  });
}
