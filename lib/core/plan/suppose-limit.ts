import { overloads, tableBytes } from '../artefacts/scope.js';
import type { Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import { eraOfMinor } from '../limit/era.js';
import { limitUnder } from '../limit/expected-limit.js';
import { explainRead } from '../limit/explain-read.js';
import { limitInputsOf } from '../limit/node-inputs.js';
import type { KubeProxy, NodeFacts, Snapshot } from '../node/snapshot.js';
import { halved } from '../remedies/shared/launched-alike.js';
import { bytes, count, percent } from '../text/format.js';
import type { Sets } from './candidate.js';
import { changeByShape } from './change-of.js';
import { settingsAfter } from './facts-after.js';
import type { Question } from './question.js';
import { changed, joined, nothing, unknown, type Supposed } from './supposed.js';

/** What an upgrade and another type make of the limit of a node, one after the other: new nodes run what is new. */
export function begun(question: Question, snapshot: Snapshot, evidence: Evidence): Supposed {
  const { upgrade, type } = question;
  const first = upgrade === undefined ? nothing : upgraded(snapshot.facts, upgrade);
  if (type === undefined) return first;
  const facts = settingsAfter(snapshot.facts, first.changes);
  const then = launched({ ...snapshot, facts }, type, evidence);
  const [{ sets } = {}] = first.changes;
  return joined([{ ...first, changes: sets === undefined ? [] : [{ sets }] }, then]);
}

/** Nobody knows what an upgrade makes of a limit that the model does not explain. */
function upgraded(facts: NodeFacts, minor: number): Supposed {
  const { table, kubeProxy } = facts;
  const inputs = limitInputsOf(facts);
  if (inputs === undefined || table === undefined || kubeProxy === undefined) {
    return unknown('upgrade', 'the version of kube-proxy, or what the node is, was not read');
  }
  if (explainRead(table, inputs).matches !== true) {
    const why = `the limit of ${count(table.max)} is not the one that kube-proxy sets`;
    return unknown('upgrade', why);
  }
  const version = `1.${minor}`;
  const { expected: limit } = limitUnder({ ...inputs, kubeProxy: version }, eraOfMinor(minor));
  return changed({ limit, sets: [{ kubeProxy: () => ({ ...kubeProxy, version }) }] });
}

function launched(snapshot: Snapshot, type: string, { fleet }: Evidence): Supposed {
  const shape = fleet.shapes.find(({ instanceType }) => instanceType === type);
  if (shape === undefined) return unknown('type', `the run knows no instance type ${type}`);
  const { vcpus, shape: now } = snapshot.facts;
  if (now !== undefined && vcpus !== undefined && vcpus < now.vcpus && !halved(snapshot.facts)) {
    const why = `this node has ${vcpus} of the ${now.vcpus} vCPU of its type, and what ${type} launched alike would have is not known`;
    return unknown('type', why);
  }
  const change = changeByShape(snapshot, shape, 'whatever it is');
  if (change === undefined) return unknown('type', 'the version of kube-proxy was not read');
  return changed(change);
}

/** Nodes that have more keep it. What the memory does not bear is said, and not refused. */
export function raised(
  limit: number,
  has: number,
  node: Parameters<typeof overloads>[0] | undefined,
  { tableMemoryShare: share }: Policy,
): Supposed {
  const about = 'raise-limit';
  if (limit <= has) return changed(undefined, [{ about, text: keeps(has) }]);
  const change = { limit, sets: [withMin(limit)] };
  if (node === undefined || !overloads(node, limit, share)) return changed(change);
  const cost = bytes(tableBytes(node, limit));
  const text = `a full table of ${count(limit)} costs ${cost}, more than ${percent(share)} of the memory of a node here`;
  return changed(change, [{ about, text }]);
}

function keeps(limit: number): string {
  return `a limit that is as high already stays, such as ${count(limit)}`;
}

function withMin(min: number): Sets {
  return {
    kubeProxy: (kubeProxy) =>
      kubeProxy && writesLimits(kubeProxy) ? { ...kubeProxy, min } : kubeProxy,
    kubeProxyConfig: (config, { kubeProxy }) =>
      kubeProxy && writesLimits(kubeProxy) ? { ...config, min } : config,
  };
}

function writesLimits({ version, maxPerCore }: KubeProxy): boolean {
  return version !== 'none' && maxPerCore !== 0;
}
