/**
 * What a plan costs beside the judgement that it rests on, and beside reading the answers at all:
 * `npm run bench:plan`.
 *
 * Fleets of 1,000 and of 10,000 nodes, made of the demo's run. Figures are medians of a few rounds in one process.
 */
import { judge } from '../../lib/core/judge/judge.js';
import { casesOf } from '../../lib/core/plan/group-case.js';
import { planOf } from '../../lib/core/plan/plan-of.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { theDemo } from '../support/demo-run.js';
import { largeFleet } from './large-fleet.js';

const SIZES = [1_000, 10_000];
const ROUNDS = 5;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** The median of a few rounds in milliseconds, and what it made. */
function timed<T>(what: () => T): { readonly made: T; readonly took: number } {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const made = what();
    return { made, took: performance.now() - start };
  });
  const [median] = rounds.sort((a, b) => a.took - b.took).slice(Math.floor(ROUNDS / 2));
  if (median === undefined) throw new Error('no round was run');
  return median;
}

const { evidence: demo, policy } = await theDemo();
print(`node ${process.version}, medians of ${ROUNDS} rounds`);
for (const size of SIZES) {
  const evidence = largeFleet(demo, size);
  const text = JSON.stringify(evidence.snapshots);
  const { took: parse } = timed(() => JSON.parse(text) as unknown);
  const { took: judging, made: report } = timed(() => judge(evidence, catalogue, policy));
  const { took: planning, made: plan } = timed(() => planOf(evidence, report, catalogue, policy));
  const { took: telling } = timed(() => casesOf(evidence, report, catalogue.silentRule));
  const { nodes, clusters } = evidence.fleet;
  print(
    `${nodes.length} nodes in ${clusters.length} clusters: ${report.findings.length} findings, ${plan.actions.length} actions`,
  );
  const line = (name: string, took: number) => {
    const perNode = ((took / nodes.length) * 1_000).toFixed(0);
    const ratio = (took / parse).toFixed(1);
    print(
      `  ${name.padEnd(11)} ${took.toFixed(0).padStart(6)} ms  ${perNode.padStart(5)} us a node  ${ratio.padStart(5)} x JSON.parse`,
    );
  };
  line('JSON.parse', parse);
  line('judge', judging);
  line('planOf', planning);
  line('casesOf', telling);
}
