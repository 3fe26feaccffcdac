import { compare, type Comparison } from '../../lib/core/ledger/compare.js';
import type { Problem } from '../../lib/core/judge/finding.js';
import { judge } from '../../lib/core/judge/judge.js';
import type { Ledger } from '../../lib/core/ledger/ledger.js';
import { recall, wasOf, withRecalled } from '../../lib/core/ledger/recall.js';
import { remember } from '../../lib/core/ledger/remember.js';
import { defaultPolicy, type Policy } from '../../lib/core/judge/policy.js';
import { defineRule, type Rule } from '../../lib/core/judge/rule.js';
import { ruleTexts } from '../../lib/core/rules/index.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import type { SilentNode } from '../../lib/core/node/silent-node.js';
import type { Mute } from '../../lib/core/mutes/mute.js';
import type { Snapshot } from '../../lib/core/node/snapshot.js';
import { aFleet, aNode } from './a-node.js';

/** What one audit met. A test states only what is different. */
export interface Met {
  readonly read?: readonly Snapshot[];
  readonly silent?: readonly SilentNode[];
  readonly mutes?: readonly Mute[];
  readonly policy?: Partial<Policy>;
  readonly rules?: readonly Rule[];
}

const START = Date.parse('2026-11-23T08:00:00.000Z');

/** This many hours after the first audit, as ISO 8601. */
export function hour(hours: number): string {
  return new Date(START + hours * 3_600_000).toISOString();
}

/** Audits of one account and Region; each knows what those before it left. */
export class Audits {
  ledger: Ledger | undefined;

  /** The audit that begins so many hours after the first one. */
  at(hours: number, { read = [], silent = [], mutes = [], policy, ...met }: Met): Comparison {
    const startedAt = hour(hours);
    const unread = silent.map(({ instanceId, cluster, nodeGroup }) => {
      return aNode({}, { instanceId, cluster, nodeGroup }).node;
    });
    const fleet = aFleet([...read.map(({ node }) => node), ...unread]);
    const gathered = { runId: `run-${hours}`, startedAt, fleet, snapshots: read, silent };
    const recalled = recall(gathered, this.ledger);
    const evidence = withRecalled(gathered, recalled);
    const chosen = { ...defaultPolicy, ...policy };
    const judging = { ...catalogue, rules: met.rules ?? catalogue.rules };
    const report = judge(evidence, judging, chosen, wasOf(recalled));
    const { ledger } = this;
    const rules = [...judging.rules, judging.silentRule];
    const comparison = compare({ report, evidence, ledger, rules, mutes, policy: chosen });
    const { findings } = comparison;
    this.ledger = remember({ evidence, report, ledger, findings, standing: {} });
    return comparison;
  }
}

/** The transitions of a comparison in short: `new table-pressure/example/workers`. */
export function told({ transitions }: Comparison): string[] {
  return transitions.map(({ kind, finding }) => `${kind} ${finding.id}`);
}

/** A node of this name that could not be read. */
export function silentNode(
  instanceId: string,
  reason: SilentNode['reason'] = 'timed-out',
): SilentNode {
  return { instanceId, cluster: 'example', nodeGroup: 'workers', reason };
}

/**
 * A rule that finds this problem on the nodes of these names. Its kind and its proof are those of the
 * product's rule of this id.
 */
export function aRule(
  id: string,
  problems: Readonly<Record<string, Problem['severity']>>,
  requires: readonly 'table'[] = [],
): Rule {
  const { about = 'room', proof = 'reading' } = ruleTexts.find((rule) => rule.id === id) ?? {};
  return defineRule({
    id,
    title: `The rule ${id}`,
    fires: 'always',
    about,
    proof,
    requires,
    check(_facts, { node }) {
      const severity = node && problems[node.instanceId];
      return severity && { severity, summary: `${id} is ${severity}`, measures: {} };
    },
  });
}
