/**
 * What judging costs beside reading the same answers at all, from 1,000 nodes to as many as one asks for:
 * `npm run bench:judge`, or `npm run bench:judge -- 1000 1000000`.
 *
 * CPU time of this process with its garbage collection, medians of a few rounds, for a fleet as sick as the demo's. Each
 * round judges facts that nobody has looked at before. Reading is that of all answers, which are kept, as an audit keeps
 * them: the demo's own, each with other numbers and names.
 */
import { judge } from '../../lib/core/judge/judge.js';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import { casesOf } from '../../lib/core/plan/group-case.js';
import { planOf } from '../../lib/core/plan/plan-of.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { demoAnswers, theDemo } from '../support/demo-run.js';
import { answersOf, sizedFleet } from './sized-fleet.js';

const SIZES = [1_000, 10_000, 100_000, 300_000];
/** Answers that are read at once; of more nodes as many again. */
const AT_ONCE = 10_000;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Milliseconds of CPU, and what was made. */
function timed<T>(what: () => T): { readonly made: T; readonly took: number } {
  const start = process.cpuUsage();
  const made = what();
  const { user, system } = process.cpuUsage(start);
  return { made, took: (user + system) / 1_000 };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const { evidence: demo, policy } = await theDemo();
const answers = answersOf(await demoAnswers(), AT_ONCE);

/** CPU of a round in microseconds a node, by stage. */
function round(nodes: number) {
  const evidence = sizedFleet(demo, nodes);
  const some = answers.slice(0, nodes);
  // What a stage made is let go of where no later one needs it, so that none pays for collecting another's.
  const { took: json } = timed(() => some.map((text) => JSON.parse(text) as unknown));
  const { took: parsed } = timed(() => some.map(parseAnswer));
  const judged = timed(() => judge(evidence, catalogue, policy));
  const planned = timed(() => planOf(evidence, judged.made, catalogue, policy));
  const told = timed(() => casesOf(evidence, judged.made, catalogue.silentRule));
  return {
    findings: judged.made.findings.length,
    actions: planned.made.actions.length,
    json: (json * 1_000) / some.length,
    parsed: (parsed * 1_000) / some.length,
    judged: (judged.took * 1_000) / nodes,
    planned: (planned.took * 1_000) / nodes,
    told: (told.took * 1_000) / nodes,
  };
}

const asked = process.argv.slice(2).map(Number);
print(`node ${process.version}: us of CPU a node, and how many times JSON.parse of its answer`);
print(
  '   nodes findings actions JSON.parse  parseAnswer        judge         plan        cases judge to cases',
);
// What is compared is the work, and not how soon V8 has compiled it.
round(AT_ONCE);
for (const nodes of asked.length > 0 ? asked : SIZES) {
  const rounds = Array.from({ length: Math.max(3, Math.ceil(200_000 / nodes)) }, () =>
    round(nodes),
  );
  const of = (stage: keyof ReturnType<typeof round>) => median(rounds.map((one) => one[stage]));
  const json = of('json');
  const cell = (took: number) => `${took.toFixed(0)} ${(took / json).toFixed(1)}x`.padStart(13);
  const [judged, planned, told] = [of('judged'), of('planned'), of('told')];
  print(
    [
      String(nodes).padStart(8),
      String(of('findings')).padStart(9),
      String(of('actions')).padStart(8),
      json.toFixed(0).padStart(11),
      ...[of('parsed'), judged, planned, told, judged + planned + told].map(cell),
    ].join(''),
  );
}
