import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { readBundleAt } from '../adapters/bundle-file.js';
import { InlineOrchestrator } from '../adapters/inline-orchestrator.js';
import { runLocalProbe } from '../adapters/local-node.js';
import { MemoryRunStore } from '../adapters/memory-run-store.js';
import { localProbe, oneNode } from '../adapters/one-node.js';
import type { Given } from '../core/bundle/bundle-fleet.js';
import type { Catalogue } from '../core/judge/judge.js';
import type { Policy } from '../core/judge/policy.js';
import { evaluate } from '../core/judge/rule.js';
import type { NodeFacts } from '../core/node/snapshot.js';
import { parseAnswer } from '../core/node/parse/answer.js';
import type { JudgedRule } from '../core/render/node.js';
import { auditFleet, type AuditDeps } from '../core/run/audit-fleet.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun, type JudgedRun } from '../core/run/judged-run.js';
import type { LedgerStore } from '../core/run/ports.js';
import { newRunId } from '../run-id.js';
import { PROBE_VERSION } from '../probe/version.js';
import { bundlePorts } from './audit-bundles.js';
import { probeFile } from './probe-file.js';

/** What one look at one node needs. */
export interface NodeAsked {
  /** A support bundle. Absent: this host. */
  readonly bundle?: string;
  readonly given: Given;
  readonly policy: Policy;
  readonly ledgers: LedgerStore;
}

/** One judged node. */
export interface NodeLook {
  readonly facts: NodeFacts;
  readonly verdicts: readonly JudgedRule[];
  readonly run: JudgedRun;
  /** What the audit left. */
  readonly store: MemoryRunStore;
}

/** Reads and judges one node, as an audit of a fleet of one. */
export async function judgeNode(asked: NodeAsked): Promise<NodeLook> {
  const { bundle, given, policy } = asked;
  const store = new MemoryRunStore();
  const mayBeNode = bundle !== undefined || given.cluster !== undefined;
  const rulesToAsk = mayBeNode ? catalogue : ofAnyHost(catalogue);
  const deps = { ...(await portsOf(asked)), ...base(asked), store, catalogue: rulesToAsk };
  await auditFleet(deps, new InlineOrchestrator(), newRunId());
  const run = await judgeSavedRun(store, rulesToAsk);
  const [snapshot] = run.evidence.snapshots;
  if (snapshot === undefined) throw new Error('the probe gave no answer that can be read');
  const { facts } = snapshot;
  const subject = mayBeNode ? snapshot : { facts };
  const verdicts = rulesToAsk.rules.map((rule) => ({
    rule: rule.id,
    ...evaluate(rule, subject, policy),
  }));
  return { facts, verdicts, run, store };
}

/** A host that is not known to be a node of a cluster may have an empty table. */
function ofAnyHost({ rules, ...rest }: Catalogue): Catalogue {
  const alone = rules.map((rule): (typeof rules)[number] => ({
    ...rule,
    evaluate: ({ node, ...subject }, policy) => rule.evaluate(subject, policy),
  }));
  return { ...rest, rules: alone };
}

async function portsOf({
  bundle,
  given,
}: NodeAsked): Promise<Pick<AuditDeps, 'directory' | 'probe' | 'bundles' | 'probeVersion'>> {
  if (bundle !== undefined) {
    return bundlePorts({ bundles: [await readBundleAt(bundle)], gaps: [] }, given);
  }
  const directory = oneNode(hostname(), given);
  const [node] = await directory.nodes(await directory.clusters());
  const ask = async () => {
    const answer = await runLocalProbe(probeFile);
    if (parseAnswer(answer) === undefined) {
      throw new Error('the probe gave no answer that can be read');
    }
    return answer;
  };
  const probe = localProbe([node?.instanceId ?? ''], ask);
  return { directory, probe, probeVersion: PROBE_VERSION };
}

function base({ policy, ledgers }: NodeAsked) {
  return {
    ...{ policy, ledgers, mutes: [], announcers: {}, recorders: {}, waits: [] },
    now: () => new Date().toISOString(),
    holder: () => randomUUID(),
  };
}
