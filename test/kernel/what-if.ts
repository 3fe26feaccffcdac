import { expect } from 'vitest';
import type { Effect } from '../../lib/core/judge/finding.js';
import { judge } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type { NodeFacts, Snapshot } from '../../lib/core/node/snapshot.js';
import type { Question } from '../../lib/core/plan/question.js';
import { timeoutsIn } from '../../lib/core/plan/settings.js';
import { whatIf } from '../../lib/core/plan/what-if.js';
import { shortenTimeouts } from '../../lib/core/remedies/shorten-timeouts.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { aCase } from '../support/a-case.js';
import { aFleet, aNode } from '../support/a-node.js';

/** How far from what is foretold a measured usage may be, as a share of the measured one. */
const CLOSE = 0.05;

/** What a question foretells of the only node of a run, of which this was read. */
export function foretold(question: Question, facts: NodeFacts): Effect {
  // The kernel log is that of every suite before, and numbers of namespaces are used again.
  const { tableFull: _, ...read } = facts;
  const snapshot: Snapshot = { node: aNode().node, facts: read };
  const evidence = {
    runId: 'run-1',
    startedAt: '2026-11-27T08:00:00Z',
    fleet: aFleet([snapshot.node]),
    snapshots: [snapshot],
    silent: [],
  };
  const report = judge(evidence, catalogue, defaultPolicy);
  const [group] = whatIf(question, evidence, report, catalogue, defaultPolicy).groups;
  if (group === undefined) throw new Error('the table of the node was not read');
  return group.after;
}

/** The timeouts that the remedy says to set on such a node. */
export function timeoutsOf(facts: NodeFacts): Readonly<Record<string, number>> {
  return timeoutsIn(shortenTimeouts.assess(aCase({ facts }))?.steps ?? []);
}

/** Holds the foretold usage to the entries that are there, and tells both. */
export function expectWithin5Percent(
  { limit = NaN, usage = NaN }: Effect,
  entries: number,
  { table }: NodeFacts,
): void {
  const real = entries / limit;
  const error = (usage - real) / real;
  process.stdout.write(
    `before ${table?.entries ?? 0} of ${table?.max ?? 0}, after ${entries} of ${limit}: foretold ${usage.toFixed(4)}, measured ${real.toFixed(4)}, ${(100 * error).toFixed(1)} % off\n`,
  );
  expect(Math.abs(error)).toBeLessThan(CLOSE);
}
