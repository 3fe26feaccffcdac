import { severities, type Severity } from '../judge/finding.js';
import type { Evidence, Was } from '../judge/judge.js';
import { present } from '../text/present.js';
import type { NodeFacts, UsageAt } from '../node/snapshot.js';
import { growthOf } from './growth.js';
import type { Ledger, NodeMemory } from './ledger.js';

/** An audit's material together with what the last audits knew. */
export interface Recalled {
  readonly evidence: Evidence;
  readonly was: Was;
}

/**
 * Joins to each node's facts what grew since the last audit (`growth`) and its usages since then
 * (`trend`), and tells what rules said of it then.
 */
export function recall(evidence: Evidence, ledger: Ledger | undefined): Recalled {
  const { startedAt } = evidence;
  const snapshots = evidence.snapshots.map(({ node, facts }) => {
    const before = ledger?.nodes[node.instanceId];
    const growth = before && growthOf(facts, before, startedAt);
    const trend = trendOf(facts, before, startedAt);
    return { node, facts: { ...facts, ...present({ growth, trend }) } };
  });
  return { evidence: { ...evidence, snapshots }, was: wasOf(ledger) };
}

/** The usages of this boot: one of before it would draw a line through a table that began empty. */
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

function wasOf(ledger: Ledger | undefined): Was {
  const known = new Map<string, Severity>();
  for (const finding of Object.values(ledger?.findings ?? {})) {
    // One that waits to be clear once more was clear on all nodes.
    if (finding.state !== 'open' || finding.clearFor !== undefined) continue;
    for (const instanceId of finding.unread ?? finding.nodes) {
      const key = keyOf(finding.rule, instanceId);
      const severity = finding.milder?.[instanceId] ?? finding.severity;
      known.set(key, worse(known.get(key), severity));
    }
  }
  return (rule, instanceId) => known.get(keyOf(rule, instanceId));
}

function worse(one: Severity | undefined, other: Severity): Severity {
  const isWorse = one !== undefined && severities.indexOf(one) < severities.indexOf(other);
  return isWorse ? one : other;
}

function keyOf(rule: string, instanceId: string): string {
  return `${rule}/${instanceId}`;
}
