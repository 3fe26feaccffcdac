import { Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { metricUnits } from '../../lib/core/history/published-names.js';
import { synthAuditor } from '../support/synth-auditor.js';

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly period?: number;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: unknown;
  };
}

/** The body with each reference as its logical id in angle brackets. */
function widgets(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const { DashboardBody: body } = (dashboard as { Properties: { DashboardBody: unknown } })
    .Properties;
  const [, parts] = (body as { 'Fn::Join': [string, (string | object)[]] })['Fn::Join'];
  const text = parts
    .map((part) => (typeof part === 'string' ? part : `<${String(Object.values(part)[0])}>`))
    .join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

interface Search {
  readonly expression: string;
  readonly label: string;
  readonly period?: number;
}

/** Every search expression, by the title of its widget. */
function searches(all: readonly Widget[]): [string | undefined, Search][] {
  return all.flatMap(({ properties: { title, metrics = [] } }) =>
    metrics.flatMap(([first]) =>
      typeof first === 'object' ? [[title, first as Search] as [string | undefined, Search]] : [],
    ),
  );
}

const { template } = synthAuditor();
const all = widgets(template);

const SCHEMA =
  /^(?:(MAX|SUM)\()?SEARCH\('\{ConntrackAuditor,Cluster\} MetricName="(\w+)"', '([\w(.:)]+)', (\d+)\)\)?$/;

const CLUSTER = "${PROP('Dim.Cluster')}";

/** How a search combines clusters, the metric, the statistic, seconds and label. */
const found = searches(all).map(([title, { expression, label }]) => ({
  title,
  parts: [...(SCHEMA.exec(expression) ?? []).slice(1), label].filter(Boolean).join(' | '),
}));

const within = (wanted: string) =>
  found.filter(({ title }) => title === wanted).map(({ parts }) => parts);

describe('the dashboard', () => {
  it('searches for each metric by cluster, so that new clusters appear by themselves', () => {
    expect(within('Highest usage of a table (%)')).toEqual([
      `Usage | Maximum | 21600 | ${CLUSTER}`,
    ]);
    expect(within('Usage that 95 % of nodes do not exceed (%)')).toEqual([
      `Usage | p95 | 21600 | ${CLUSTER}`,
    ]);
    expect(within('The worst node')).toEqual([`Condition | Maximum | 21600 | ${CLUSTER}`]);
    expect(within('Flows refused since the audit before')).toEqual([
      `Drops | Sum | 21600 | ${CLUSTER}`,
    ]);
    const shown = new Set(found.map(({ parts }) => /Usage|Condition|Drops/.exec(parts)?.[0]));
    expect(shown).toEqual(new Set(Object.keys(metricUnits)));
  });

  it('shows the share of nodes in a condition, with the value of that condition within the bounds', () => {
    expect(within('Nodes that are critical, in warning, or silent (%)')).toEqual([
      `Condition | PR(2.5:3.5) | 21600 | ${CLUSTER} critical`,
      `Condition | PR(1.5:2.5) | 21600 | ${CLUSTER} warning`,
      `Condition | PR(3.5:4.5) | 21600 | ${CLUSTER} silent`,
    ]);
  });

  it('says what the values of the worst node stand for', () => {
    const worst = all.find(({ properties }) => properties.title === 'The worst node');
    const step = (value: number, label: string): unknown =>
      expect.objectContaining({ value, label });
    expect(worst?.properties.annotations).toEqual({
      horizontal: [step(1, 'notice'), step(2, 'warning'), step(3, 'critical'), step(4, 'silent')],
    });
  });

  it('shows the last audit of all clusters, out of what is found by cluster', () => {
    expect(within('Last audit, all clusters')).toEqual([
      'MAX | Usage | Maximum | 21600 | highest usage (%)',
      'MAX | Condition | Maximum | 21600 | worst node (0 fine, 1 notice, 2 warning, 3 critical, 4 silent)',
      'SUM | Drops | Sum | 21600 | flows refused',
    ]);
  });

  it('names the topic of findings, the schedule and the function', () => {
    const markdown = all.find(({ type }) => type === 'text')?.properties.markdown;
    expect(markdown).toMatch(/topic \*\*<AuditorFindingsTopic\w+,TopicName>\*\*/);
    expect(markdown).toMatch(/schedule \*\*<AuditorSchedule\w+>\*\*, `rate\(6 hours\)`/);
    expect(markdown).toMatch(/function \*\*<AuditorAuditFunction\w+>\*\*/);
  });

  it('shows every alarm about the auditor itself', () => {
    const shown = all.flatMap(({ properties: { alarms = [] } }) => alarms);
    const made = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
    expect(shown).toEqual(made.map((id) => `<${id},Arn>`));
    expect(made).toHaveLength(7);
  });

  it('draws the thresholds that nodes are reported at', () => {
    const lines = (from: readonly Widget[]) =>
      from.find(({ properties }) => properties.title?.startsWith('Highest'))?.properties
        .annotations;
    const at = (warning: number, critical: number) => ({
      horizontal: [
        expect.objectContaining({ value: warning, label: 'warning' }),
        expect.objectContaining({ value: critical, label: 'critical' }),
      ],
    });
    expect(lines(all)).toEqual(at(75, 95));
    const chosen = synthAuditor({ thresholds: { warningUsage: 0.5 } }).template;
    expect(lines(widgets(chosen))).toEqual(at(50, 95));
  });

  it.each([
    [{ schedule: Duration.minutes(5) }, 300],
    [{ schedule: Duration.minutes(90) }, 5_400],
    [{ schedule: Duration.days(1) }, 86_400],
    [{ schedule: Duration.days(6) }, 86_400],
    [
      {
        schedule: ScheduleExpression.expression('cron(0 6-9 ? * MON-FRI *)'),
        longestGap: Duration.seconds(301),
      },
      360,
    ],
  ])('has a point for each audit of the schedule %#', (props, seconds) => {
    for (const [, { expression }] of searches(widgets(synthAuditor(props).template))) {
      expect(SCHEMA.exec(expression)?.[4]).toBe(String(seconds));
    }
  });

  it('is not there where no metrics are written', () => {
    const { template: quiet, auditor } = synthAuditor({ metrics: false });
    quiet.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    expect(auditor.dashboard).toBeUndefined();
  });
});
