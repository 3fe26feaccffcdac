import type { Finding } from '../judge/finding.js';
import { severities } from '../judge/severity.js';
import type { Candidate } from './candidate.js';
import { answersTo, isFor, touches } from './settling.js';
import { Settled } from './settled.js';
import type { WeighedNodes } from './weighed-nodes.js';

/**
 * Chooses the actions for the findings of one cluster, best first: each time the one that settles the worst and
 * the most of what is open. So what is enough comes before what is not, since what settles nothing scores
 * nothing; then severity counts, then nodes. Among equals the order of the catalogue decides, which is that of how
 * soon something works and how easily it is taken back. What no action settles alone may be settled by two.
 *
 * Nothing of one cluster changes another, so that clusters are chosen for one by one.
 */
export function choose(
  findings: readonly Finding[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): Candidate[] {
  const settled = new Settled(weighed);
  const targets = new Map(
    candidates.map((one) => [
      one,
      findings.filter((finding) => isFor(one, finding, weighed) && touches(one, finding)),
    ]),
  );
  let open: ReadonlySet<Finding> = new Set(findings);
  for (;;) {
    const left = candidates.filter((one) => !settled.chosen.includes(one));
    const best = bestOf(left, targets, open, settled) ?? pairOf(left, open, settled);
    if (best === undefined) return pruned(settled.chosen, findings, weighed);
    for (const one of best) settled.choose(one);
    open = new Set([...open].filter((finding) => !settled.byAll(finding)));
  }
}

function bestOf(
  candidates: readonly Candidate[],
  targets: ReadonlyMap<Candidate, readonly Finding[]>,
  open: ReadonlySet<Finding>,
  settled: Settled,
): readonly Candidate[] | undefined {
  const hopeful = candidates
    .map((one, at) => {
      const wanted = (targets.get(one) ?? []).filter((finding) => open.has(finding));
      return { one, at, wanted, atMost: [...mostOf(wanted), -one.rank] };
    })
    .sort((a, b) => compareScores(b.atMost, a.atMost));
  let best: { readonly one: Candidate; readonly order: readonly number[] } | undefined;
  for (const { one, at, wanted, atMost } of hopeful) {
    // What settles less even if it settles all that it is for is not tried: most candidates are for few nodes.
    if (best !== undefined && compareScores(atMost, best.order) < 0) break;
    const ends = wanted.filter((finding) => settled.with([one], finding));
    const order = [...scoreOf(ends), -one.rank, -at];
    const isBetter = best === undefined || compareScores(order, best.order) > 0;
    if (ends.length > 0 && isBetter) best = { one, order };
  }
  return best && [best.one];
}

/** No less than `scoreOf` the same findings: nodes that have several of them count as often. */
function mostOf(findings: readonly Finding[]): number[] {
  const nodes = severities.map((severity) =>
    findings.reduce((sum, one) => sum + (one.severity === severity ? one.nodes.length : 0), 0),
  );
  return [...nodes, findings.length];
}

/** Nodes by the worst of these findings that they have, the worst severity first; then findings. */
export function scoreOf(findings: readonly Finding[]): number[] {
  const nodes = severities.map((severity) => {
    const alike = findings.filter((finding) => finding.severity === severity);
    return new Set(alike.flatMap((one) => one.nodes.map(({ instanceId }) => instanceId))).size;
  });
  return [...nodes, findings.length];
}

export function compareScores(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The two quickest that together settle the worst finding that two can settle. */
function pairOf(
  candidates: readonly Candidate[],
  open: ReadonlySet<Finding>,
  settled: Settled,
): readonly Candidate[] | undefined {
  for (const finding of open) {
    const able = candidates
      .filter((one) => answersTo(one, finding))
      .sort((a, b) => a.rank - b.rank);
    const pairs = able.flatMap((one, at) => able.slice(at + 1).map((other) => [one, other]));
    const found = pairs.find((pair) => settled.with(pair, finding));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without the actions that the others make needless, the last one first: it settled what the others had not. */
function pruned(
  chosen: readonly Candidate[],
  findings: readonly Finding[],
  weighed: WeighedNodes,
): Candidate[] {
  const mayBeNeedless = chosen.slice(0, -1).reverse();
  return mayBeNeedless.reduce<readonly Candidate[]>((kept, one) => {
    const touched = findings.filter((finding) => touches(one, finding));
    // What it is for is asked first: one of these is enough to keep it.
    const isMeant = (finding: Finding) => isFor(one, finding, weighed);
    const inOrder = [...touched.filter(isMeant), ...touched.filter((other) => !isMeant(other))];
    const [all, without] = [
      new Settled(weighed, kept),
      new Settled(
        weighed,
        kept.filter((other) => other !== one),
      ),
    ];
    const isNeeded = inOrder.some((finding) => !without.byAll(finding) && all.byAll(finding));
    return isNeeded ? kept : without.chosen;
  }, chosen) as Candidate[];
}

/**
 * What is worth doing though it ends nothing: the best known answer to each finding that stays and is no mere
 * notice. Without it a plan would be silent about what nothing known is enough for.
 */
export function easing(
  open: readonly Finding[],
  chosen: readonly Candidate[],
  candidates: readonly Candidate[],
  weighed: WeighedNodes,
): Candidate[] {
  return open
    .filter(({ severity }) => severity !== 'notice')
    .reduce<Candidate[]>((added, finding) => {
      const isEased = [...chosen, ...added].some((one) => eases(one, finding, weighed));
      if (isEased) return added;
      const best = finding.remedies
        .flatMap(({ id }) => candidates.filter((one) => one.remedy === id))
        .find((one) => eases(one, finding, weighed));
      return best === undefined ? added : [...added, best];
    }, []);
}

/** Whether it answers a finding and changes something on one of its nodes. */
export function eases(one: Candidate, finding: Finding, weighed: WeighedNodes): boolean {
  return (
    answersTo(one, finding) &&
    weighed.of(finding).some((snapshot) => {
      const change = one.change(snapshot);
      const limit = change?.limit ?? snapshot.facts.table?.max;
      return (
        change !== undefined && (change.limit === undefined || limit !== snapshot.facts.table?.max)
      );
    })
  );
}
