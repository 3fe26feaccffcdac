import { overloads, tableBytes } from '../artefacts/scope.js';
import { scopeOf } from '../artefacts/scope-of.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import { contexts } from '../judge/contexts.js';
import { eraOfMinor } from '../limit/era.js';
import { limitUnder } from '../limit/expected-limit.js';
import { explainRead } from '../limit/explain-read.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import { groupLoads } from '../measure/group-load.js';
import type { NodeFacts, Snapshot } from '../node/snapshot.js';
import { bytes, count, percent } from '../text/format.js';
import type { Change } from './candidate.js';
import { changeByShape, changeOfRemedy } from './change-of.js';
import type { Question } from './question.js';

/** What a question makes of one node. */
export interface Supposed {
  readonly changes: readonly Change[];
  /** Why something of it is not known, or speaks against it. */
  readonly notes: readonly string[];
  /** False: what becomes of its table cannot be known. */
  readonly isKnown: boolean;
}

type Partly = Partial<Supposed> & { readonly change?: Change };

/** What a question makes of each of these nodes. */
export function suppose(
  question: Question,
  snapshots: readonly Snapshot[],
  evidence: Evidence,
  catalogue: Catalogue,
  policy: Policy,
): ReadonlyMap<string, Supposed> {
  const scopes = evidence.fleet.clusters.flatMap(({ name }) => scopeOf(evidence, name));
  const scope = new Map(scopes.map((one) => [one.instanceId, one]));
  const context = contexts(evidence.fleet, groupLoads(evidence.snapshots), policy);
  const byRemedy = (id: string, snapshot: Snapshot): Partly => {
    const remedy = catalogue.remedies.find((one) => one.id === id);
    const said = remedy?.assess({ rule: 'table-pressure', about: 'room', ...context(snapshot) });
    if (remedy === undefined || said?.helps === false) return {};
    if (said?.helps !== true) return unknown(said?.reason ?? 'too little of this node is known');
    const change = changeOfRemedy(remedy, snapshot, policy, (facts) =>
      remedy.assess({ rule: 'table-pressure', about: 'room', ...context({ ...snapshot, facts }) }),
    );
    return change === undefined ? {} : { change };
  };
  const of = (snapshot: Snapshot): Supposed => {
    const parts = [
      question.upgrade === undefined ? {} : upgraded(snapshot.facts, question.upgrade),
      question.type === undefined ? {} : typed(snapshot, question.type, evidence),
      question.raiseLimit === undefined
        ? {}
        : raised(snapshot, question.raiseLimit, scope.get(snapshot.node.instanceId), policy),
      question.nodeLocalDnsCache ? byRemedy('node-local-dns-cache', snapshot) : {},
      question.shortenTimeouts ? byRemedy('shorten-timeouts', snapshot) : {},
      question.nodes === undefined
        ? {}
        : shared(snapshot, question.nodes, context(snapshot).group.nodes),
    ] as readonly Partly[];
    return {
      changes: parts.flatMap(({ change }) => change ?? []),
      notes: parts.flatMap(({ notes = [] }) => notes),
      isKnown: parts.every(({ isKnown = true }) => isKnown),
    };
  };
  return new Map(snapshots.map((one) => [one.node.instanceId, of(one)]));
}

function unknown(why: string): Partly {
  return { isKnown: false, notes: [`not known: ${why}`] };
}

/** Nodes that have more keep it. What the memory does not bear is said, and not refused. */
function raised(
  { facts }: Snapshot,
  limit: number,
  node: Parameters<typeof overloads>[0] | undefined,
  { tableMemoryShare: share }: Policy,
): Partly {
  const max = facts.table?.max ?? 0;
  if (limit <= max) return { notes: [`nodes that have ${count(max)} keep it`] };
  const sets = (now: NodeFacts): NodeFacts =>
    now.kubeProxy === undefined ||
    now.kubeProxy.version === 'none' ||
    now.kubeProxy.maxPerCore === 0
      ? now
      : {
          ...now,
          kubeProxy: { ...now.kubeProxy, min: limit },
          kubeProxyConfig: { ...now.kubeProxyConfig, min: limit },
        };
  const change = { limit, facts: sets };
  if (node === undefined || !overloads(node, limit, share)) return { change };
  const cost = bytes(tableBytes(node, limit));
  return {
    change,
    notes: [
      `a full table of ${count(limit)} costs ${cost}, more than ${percent(share)} of the memory of a node here`,
    ],
  };
}

/** Nobody knows what an upgrade makes of a limit that the model does not explain. */
function upgraded(facts: NodeFacts, minor: number): Partly {
  const { table, kubeProxy } = facts;
  const inputs = limitInputsOf(facts);
  if (inputs === undefined || table === undefined || kubeProxy === undefined) {
    return unknown('the version of kube-proxy, or what the node is, was not read');
  }
  if (explainRead(table, inputs).matches !== true) {
    return unknown(`the limit of ${count(table.max)} is not the one that kube-proxy sets`);
  }
  const version = `1.${minor}`;
  const { expected: limit } = limitUnder({ ...inputs, kubeProxy: version }, eraOfMinor(minor));
  return { change: { limit, facts: (now) => ({ ...now, kubeProxy: { ...kubeProxy, version } }) } };
}

function typed(snapshot: Snapshot, type: string, { fleet }: Evidence): Partly {
  const shape = fleet.shapes.find(({ instanceType }) => instanceType === type);
  if (shape === undefined) return unknown(`the run knows no instance type ${type}`);
  const change = changeByShape(snapshot, shape, 'whatever it is');
  return change === undefined ? unknown('the version of kube-proxy was not read') : { change };
}

/** New nodes take their part of new flows at best, and what is there stays where it is. */
function shared({ facts }: Snapshot, more: number, nodes: number): Partly {
  if (facts.table === undefined || nodes === 0) return {};
  return {
    change: { left: { least: nodes / (nodes + more), most: 1 } },
    notes: ['more nodes share the load evenly at best'],
  };
}
