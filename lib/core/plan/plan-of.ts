import type { Finding } from '../judge/finding.js';
import type { Catalogue } from '../judge/judge.js';
import type { Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Report } from '../judge/report.js';
import { severities } from '../judge/severity.js';
import { actionOf } from './action-of.js';
import type { Candidate } from './candidate.js';
import { candidatesOf } from './candidates.js';
import { effectsOf } from './effects.js';
import type { Plan } from './plan.js';
import { rejectedOf, unsettledOf } from './left-over.js';
import { answersTo, isSettled } from './settling.js';
import { WeighedNodes } from './weighed-nodes.js';

/**
 * The fewest actions that settle what can be settled, best first: each time the one that settles the worst and the
 * most of what is left, and among equals what is quick and easy to undo. What no action settles alone may be settled
 * by two. An action without which the others settle the same is left out.
 *
 * Pure: the same run makes the same plan.
 */
export function planOf(
  evidence: Evidence,
  report: Report,
  catalogue: Catalogue,
  policy: Policy,
): Plan {
  const weighed = new WeighedNodes(evidence, [...catalogue.rules, catalogue.silentRule], policy);
  const candidates = candidatesOf(evidence, report, catalogue, weighed);
  const chosen = pruned(choose(report.findings, candidates, weighed), report.findings, weighed);
  const actions = chosen.map((one, at) =>
    actionOf(one, chosen.slice(0, at), candidates, report.findings, weighed),
  );
  const settled = new Set(actions.flatMap(({ settles }) => settles.map(({ id }) => id)));
  const open = report.findings.filter(({ id }) => !settled.has(id));
  return {
    actions,
    unsettled: unsettledOf(open, chosen),
    rejected: rejectedOf(report.findings),
    effects: effectsOf(chosen, weighed),
  };
}

function choose(
  findings: readonly Finding[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): Candidate[] {
  const chosen: Candidate[] = [];
  let open = [...findings];
  for (;;) {
    const best = bestOf(open, chosen, candidates, weighed);
    if (best === undefined) return chosen;
    chosen.push(...best);
    open = open.filter((finding) => !isSettled(finding, chosen, weighed));
  }
}

interface Scored {
  readonly actions: readonly Candidate[];
  readonly score: readonly number[];
}

/** One action, or, if none settles anything by itself, two of one finding. */
function bestOf(
  open: readonly Finding[],
  chosen: readonly Candidate[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): readonly Candidate[] | undefined {
  const left = candidates.filter((one) => !chosen.includes(one));
  const single = bestScored(left.map((one) => scored([one], open, chosen, weighed)));
  if (single !== undefined) return single;
  const pairs = open.flatMap((finding) => {
    const able = left.filter((one) => answersTo(one, finding));
    return able.flatMap((one, at) => able.slice(at + 1).map((other) => [one, other]));
  });
  return bestScored(pairs.map((pair) => scored(pair, open, chosen, weighed)));
}

function scored(
  actions: readonly Candidate[],
  open: readonly Finding[],
  chosen: readonly Candidate[],
  weighed: WeighedNodes,
): Scored {
  const done = [...chosen, ...actions];
  const settles = open.filter(
    (finding) =>
      actions.some((one) => answersTo(one, finding)) && isSettled(finding, done, weighed),
  );
  const bySeverity = severities.map(
    (severity) => settles.filter((one) => one.severity === severity).length,
  );
  const nodes = new Set(settles.flatMap((one) => one.nodes.map(({ instanceId }) => instanceId)));
  const rank = actions.reduce((sum, one) => sum + one.rank, 0);
  return { actions, score: [...bySeverity, nodes.size, settles.length === 0 ? -Infinity : -rank] };
}

function bestScored(all: readonly Scored[]): readonly Candidate[] | undefined {
  const [best] = all
    .filter(({ score }) => score.at(-1) !== -Infinity)
    .sort((a, b) => compareScores(b.score, a.score));
  return best?.actions;
}

function compareScores(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Without the actions that the others make needless, the last one first. */
function pruned(
  chosen: readonly Candidate[],
  findings: readonly Finding[],
  weighed: WeighedNodes,
): Candidate[] {
  const settledBy = (done: readonly Candidate[]) =>
    findings.filter((finding) => isSettled(finding, done, weighed)).length;
  const all = settledBy(chosen);
  return [...chosen].reverse().reduce<Candidate[]>(
    (kept, one) => {
      const without = kept.filter((other) => other !== one);
      return settledBy(without) === all ? without : kept;
    },
    [...chosen],
  );
}
