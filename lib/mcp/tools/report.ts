import * as v from 'valibot';
import type { SilentNode } from '../../core/node/silent-node.js';
import { cut } from '../../core/render/cut.js';
import { gapText } from '../../core/render/gap-text.js';
import { caseName } from '../../core/render/selection.js';
import { verdictOf } from '../../core/render/verdict.js';
import { findingsOfRead } from '../../core/render/judged.js';
import { severities } from '../../core/judge/severity.js';
import type { GroupCase } from '../../core/plan/group-case.js';
import { count, percent } from '../../core/text/format.js';
import { groupBy } from '../../core/text/group-by.js';
import { present } from '../../core/text/present.js';
import { leftLines, leftSchema, parting, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun } from '../runs.js';
import { severity } from '../shapes.js';
import { FROM_NODES, tool } from '../tool.js';

const parts = ['cases', 'silent', 'unjudged', 'gaps', 'notes', 'clusters'] as const;

/** Bytes of the places in the first line. A house choice. */
const LONGEST_WHERE = 600;
/** Nodes that a reason of silence names. A house choice. */
const INSTANCES = 5;

const caseSchema = v.object({
  name: v.pipe(v.string(), v.description('cluster/node group, or cluster/* for a whole cluster')),
  severity,
  nodes: v.number(),
  affected: v.number(),
  worst: v.exactOptional(
    v.object({
      instanceId: v.string(),
      instanceType: v.string(),
      entries: v.number(),
      max: v.number(),
    }),
  ),
  why: v.exactOptional(v.string()),
  findings: v.pipe(v.array(v.string()), v.description('ids, worst first')),
});

const silentSchema = v.object({
  reason: v.string(),
  nodes: v.number(),
  instances: v.array(v.string()),
});

const unjudgedSchema = v.object({
  rule: v.string(),
  verdict: v.picklist(['unknown', 'crashed']),
  because: v.string(),
  nodes: v.number(),
});

/** `report`: the verdict of a run, and its cases. */
export const reportTool = tool({
  name: 'report',
  title: 'Report of a run',
  description: `The verdict of a saved audit: how many conntrack tables are in danger and where, one case for each node group with the ids of its findings, and which nodes could not be read. ${FROM_NODES}`,
  input: { ...runArgument, ...parting(parts) },
  output: {
    run: runSchema,
    verdict: v.object({
      severity: v.exactOptional(severity),
      where: v.string(),
      counts: v.string(),
    }),
    nodes: v.object({ discovered: v.number(), read: v.number(), silent: v.number() }),
    findings: v.pipe(
      v.object({ critical: v.number(), warning: v.number(), notice: v.number() }),
      v.description('how many findings of nodes that were read'),
    ),
    cases: v.array(caseSchema),
    silent: v.array(silentSchema),
    unjudged: v.array(unjudgedSchema),
    gaps: v.pipe(v.array(v.string()), v.description('what AWS would not tell')),
    notes: v.array(v.string()),
    clusters: v.array(v.string()),
    left: leftSchema,
  },
  async answer({ run: id, ...asked }, runs) {
    const { run, judged } = await theRun(runs, id);
    const { report, cases } = judged;
    const found = findingsOfRead(report);
    const { lists, left } = within(
      {
        cases: cases.map(shortCase),
        silent: silentByReason(report.silent),
        unjudged: report.unjudged.map(({ rule, verdict, because, nodes }) => {
          return { rule, verdict, because, nodes: nodes.length };
        }),
        gaps: (report.gaps ?? []).map(gapText),
        notes: report.notes ?? [],
        clusters: report.clusters,
      },
      asked,
    );
    const verdict = verdictOf(report);
    const findings = Object.fromEntries(
      severities.map((one) => [one, found.filter((finding) => finding.severity === one).length]),
    );
    return {
      structured: { run, verdict, nodes: report.nodes, findings, ...lists, left },
      lines: [
        runLine(run),
        `${verdict.counts}${verdict.where === '' ? '' : `; worst in ${cut(verdict.where, LONGEST_WHERE)}`}`,
        ...lists.cases.map(caseLine),
        ...lists.silent.map(
          (one) => `silent: ${one.nodes}, ${one.reason}: ${one.instances.join(', ')}`,
        ),
        ...lists.unjudged.map((one) => `not judged: ${one.rule} on ${one.nodes}, ${one.because}`),
        ...lists.gaps.map((gap) => `not known: ${gap}`),
        ...lists.notes.map((note) => `note: ${note}`),
        ...leftLines(left),
      ],
    };
  },
});

type ShortCase = v.InferOutput<typeof caseSchema>;

function shortCase(one: GroupCase): ShortCase {
  const { nodes, affected, worst, why, findings } = one;
  return {
    name: caseName(one),
    severity: one.severity,
    nodes,
    affected,
    ...present({ worst, why }),
    findings: findings.map(({ id }) => id),
  };
}

function caseLine({ name, severity: bad, nodes, affected, worst, findings }: ShortCase): string {
  const fullest =
    worst === undefined
      ? ''
      : `, fullest ${worst.instanceId} (${worst.instanceType}) ${count(worst.entries)} of ${count(worst.max)} (${percent(worst.entries / worst.max)})`;
  return `${bad}: ${name}, ${affected} of ${nodes} nodes${fullest}: ${findings.join(', ')}`;
}

function silentByReason(silent: readonly SilentNode[]): v.InferOutput<typeof silentSchema>[] {
  return [...groupBy(silent, ({ reason }) => reason)].map(([reason, nodes]) => ({
    reason,
    nodes: nodes.length,
    instances: nodes.slice(0, INSTANCES).map(({ instanceId }) => instanceId),
  }));
}
