import type { Severity } from '../judge/severity.js';
import type { Evidence, Was } from '../judge/judge.js';
import { isWorse } from '../judge/severity.js';
import { present } from '../text/present.js';
import type { Growth, NodeFacts, UsageAt } from '../node/snapshot.js';
import { growthOf } from './growth.js';
import type { FindingMemory, Ledger, NodeMemory } from './ledger.js';
import { readAtOf } from './read-at.js';

/** What the last audits knew about one node. */
export interface RecalledNode {
  /** What grew since the last audit. */
  readonly growth?: Growth;
  /** Its usages since that boot, this one included. */
  readonly trend?: readonly UsageAt[];
  /** What rules said about it, by the rule's id. */
  readonly was?: Readonly<Record<string, Severity>>;
}

/** What the last audits knew about the nodes of this one, by instance id. Plain data, saved with the run. */
export type Recalled = Readonly<Record<string, RecalledNode>>;

/** Looks up what the ledger knows about the nodes that were read. */
export function recall({ startedAt, snapshots }: Evidence, ledger: Ledger | undefined): Recalled {
  const wasOf = lastSaid(ledger);
  const nodes = snapshots.map(({ node: { instanceId }, facts }) => {
    const before = ledger?.nodes[instanceId];
    const readAt = readAtOf(facts, startedAt);
    const growth = before && growthOf(facts, before, readAt);
    const trend = trendOf(facts, before, readAt);
    return [instanceId, present({ growth, trend, was: wasOf.get(instanceId) })] as const;
  });
  return Object.fromEntries(nodes);
}

/** The evidence, with the recalled facts of its nodes. */
export function withRecalled(evidence: Evidence, recalled: Recalled): Evidence {
  const snapshots = evidence.snapshots.map(({ node, facts }) => {
    const { growth, trend } = recalled[node.instanceId] ?? {};
    return { node, facts: { ...facts, ...present({ growth, trend }) } };
  });
  return { ...evidence, snapshots };
}

/** What rules said about the nodes in the last audit. */
export function wasOf(recalled: Recalled): Was {
  return (rule, instanceId) => recalled[instanceId]?.was?.[rule];
}

/** The usages of this boot: a line from an earlier one would ignore that the table began empty. */
function trendOf(
  { table, boot }: NodeFacts,
  before: NodeMemory | undefined,
  now: string,
): UsageAt[] | undefined {
  if (table === undefined) return undefined;
  const at = Math.floor(Date.parse(now) / 1_000);
  const past = (before?.usage ?? []).map(([then, entries, max]) => ({
    secondsAgo: at - then,
    entries,
    max,
  }));
  const since = boot?.uptimeSeconds ?? Infinity;
  const ofBoot = past.filter(({ secondsAgo }) => secondsAgo > 0 && secondsAgo < since);
  return [...ofBoot, { secondsAgo: 0, entries: table.entries, max: table.max }];
}

function lastSaid(ledger: Ledger | undefined): Map<string, Record<string, Severity>> {
  const known = new Map<string, Record<string, Severity>>();
  for (const finding of Object.values(ledger?.findings ?? {}).filter(isThere)) {
    for (const instanceId of finding.unread ?? finding.nodes) {
      const said = known.get(instanceId) ?? {};
      const severity = finding.milder?.[instanceId] ?? finding.severity;
      said[finding.rule] = worse(said[finding.rule], severity);
      known.set(instanceId, said);
    }
  }
  return known;
}

/** A finding that has to be clear once more was clear on all nodes. */
function isThere({ state, clearFor }: FindingMemory): boolean {
  return state === 'open' && clearFor === undefined;
}

function worse(one: Severity | undefined, other: Severity): Severity {
  return one !== undefined && isWorse(one, other) ? one : other;
}
