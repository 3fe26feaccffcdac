import { scopeOf } from '../artefacts/scope-of.js';
import { contexts } from '../judge/contexts.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Remedy } from '../judge/remedy.js';
import { groupLoads } from '../measure/group-load.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { changeAsSaid } from './change-of.js';
import { asRemedies, type Question } from './question.js';
import { begun, raised } from './suppose-limit.js';
import { changed, joined, nothing, perhaps, unknown, type Supposed } from './supposed.js';

/** What every remedy that is asked about is weighed for, whether or not it is so. */
const pressure = { rule: 'table-pressure', about: 'room' } as const;

/** What a question makes of each of these nodes. */
export function suppose(
  question: Question,
  snapshots: readonly Snapshot[],
  evidence: Evidence,
  { remedies }: Catalogue,
  policy: Policy,
): ReadonlyMap<string, Supposed> {
  const scopes = evidence.fleet.clusters.flatMap(({ name }) => scopeOf(evidence, name));
  const scope = new Map(scopes.map((one) => [one.instanceId, one]));
  const loadOf = groupLoads(evidence.snapshots);
  const context = contexts(evidence.fleet, loadOf, policy);
  const wanted = asRemedies(question).flatMap((id) => remedies.find((one) => one.id === id) ?? []);
  const of = (snapshot: Snapshot): Supposed => {
    const weigh = (remedy: Remedy) => (facts: NodeFacts) =>
      remedy.assess(context(pressure, { ...snapshot, facts }));
    const parts = [
      begun(question, snapshot, evidence),
      ...wanted.map((remedy) => byRemedy(remedy, snapshot, policy, weigh(remedy))),
    ];
    const { raiseLimit, nodes } = question;
    if (raiseLimit !== undefined) {
      const has = limitOf(parts) ?? snapshot.facts.table?.max ?? 0;
      parts.push(raised(raiseLimit, has, scope.get(snapshot.node.instanceId), policy));
    }
    if (nodes !== undefined) parts.push(shared(snapshot, nodes, loadOf(snapshot.node).nodes));
    return joined(parts);
  };
  return new Map(snapshots.map((one) => [one.node.instanceId, of(one)]));
}

/** What a remedy says of a node under pressure, whether or not it is. */
function byRemedy(
  remedy: Remedy,
  snapshot: Snapshot,
  policy: Policy,
  weigh: (facts: NodeFacts) => ReturnType<Remedy['assess']>,
): Supposed {
  const { id } = remedy;
  const said = weigh(snapshot.facts);
  if (said === undefined || said.helps === false) return nothing;
  const change = changeAsSaid(remedy, said, snapshot, policy, weigh);
  if (said.helps === true) return changed(change);
  if (said.predicted.usage === undefined) return unknown(id, said.reason, 'limit');
  return perhaps(id, said.reason, change);
}

/** The limit that these set; the largest, as none takes away what another gives. */
function limitOf(parts: readonly Supposed[]): number | undefined {
  const limits = parts.flatMap(({ changes }) => changes.flatMap(({ limit }) => limit ?? []));
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** New nodes take their part of new flows at best, and what is there stays where it is. */
function shared({ facts }: Snapshot, more: number, nodes: number): Supposed {
  if (facts.table === undefined || nodes === 0) return nothing;
  const left = { least: nodes / (nodes + more), most: 1 };
  return changed({ left }, [{ about: 'nodes', text: 'more nodes share the load evenly at best' }]);
}
