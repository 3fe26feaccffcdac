import type { Finding } from '../judge/finding.js';
import { rules, silentRule } from '../rules/index.js';
import { groupBy } from '../text/group-by.js';
import { oneLine } from '../text/printable.js';
import type { Judged } from './judged.js';
import { printedRows, type Printed } from './lines.js';
import type { ReadWhere } from './read-where.js';
import { promiseText, recommendationOf } from './recommendation.js';

/**
 * A suite for each cluster, and in it a test for each finding, which fails, and for each rule that found nothing
 * there, which passes or, where it could not judge a node, is skipped.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReport({ report, evidence }: Judged, { only }: ReadWhere): Printed {
  const clusterOf = new Map(
    evidence.fleet.nodes.map(({ instanceId, cluster }) => [instanceId, cluster]),
  );
  const findings = groupBy(report.findings, ({ cluster }) => cluster);
  const suites = report.clusters.map((cluster) => {
    const unjudged = report.unjudged
      .filter(({ nodes }) => nodes.some((id) => clusterOf.get(id) === cluster))
      .map(({ rule, because }) => ({ rule, because }));
    const quiet = only === undefined ? [...rules, silentRule].map(({ id }) => id) : [];
    return suite(cluster, findings.get(cluster) ?? [], { quiet, unjudged }, report.startedAt);
  });
  const tests = suites.reduce((sum, one) => sum + one.tests, 0);
  const failures = suites.reduce((sum, one) => sum + one.failures, 0);
  return printedRows([
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="conntrack audit" tests="${tests}" failures="${failures}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
  ]);
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly lines: readonly string[];
}

/** Rules that may have found nothing, and those that had no opinion. Part of a report says nothing of others. */
interface Unfailed {
  readonly quiet: readonly string[];
  readonly unjudged: readonly Unknown[];
}

interface Unknown {
  readonly rule: string;
  readonly because: string;
}

function suite(
  cluster: string,
  findings: readonly Finding[],
  { quiet, unjudged }: Unfailed,
  startedAt: string,
): Suite {
  const found = new Set(findings.map(({ rule }) => rule));
  const others = quiet.filter((id) => !found.has(id));
  const skipped = new Map(unjudged.map(({ rule, because }) => [rule, because]));
  const cases = [
    ...findings.map(failedCase),
    ...others.map((id) => quietCase(cluster, id, skipped.get(id))),
  ];
  const skips = others.filter((id) => skipped.has(id)).length;
  const head = `tests="${cases.length}" failures="${findings.length}" errors="0" skipped="${skips}"`;
  return {
    tests: cases.length,
    failures: findings.length,
    lines: [
      `  <testsuite name="${xml(cluster)}" ${head} time="0" timestamp="${xml(startedAt)}">`,
      ...cases,
      '  </testsuite>',
    ],
  };
}

function failedCase(finding: Finding): string {
  const { rule, cluster, nodeGroup, severity, summary } = finding;
  const remedy = recommendationOf(finding);
  const said = [
    ...finding.nodes.slice(0, 10).map((node) => `${node.instanceId}: ${node.summary}`),
    ...(remedy === undefined ? [] : [`do: ${promiseText(remedy)}`]),
  ].join('; ');
  const failure = `<failure type="${severity}" message="${xml(summary)}">${xml(said)}</failure>`;
  const { name, classname } = { name: `${rule} ${nodeGroup}`, classname: `${cluster}.${rule}` };
  return `    <testcase name="${xml(name)}" classname="${xml(classname)}" time="0">${failure}</testcase>`;
}

function quietCase(cluster: string, rule: string, because: string | undefined): string {
  const skipped = because === undefined ? '' : `<skipped>${xml(because)}</skipped>`;
  return `    <testcase name="${rule}" classname="${xml(`${cluster}.${rule}`)}" time="0">${skipped}</testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an element or an attribute of XML 1.0, on one line. */
function xml(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (one) => entities[one] ?? one);
}
