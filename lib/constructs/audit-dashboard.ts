import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  SearchExpression,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Policy } from '../core/judge/policy.js';
import {
  CLUSTER_DIMENSION,
  type Condition,
  conditions,
  METRIC_NAMESPACE,
  type MetricName,
} from '../core/history/published-names.js';
import type { Cadence } from './cadence.js';

/** Properties for `AuditDashboard`. */
export interface AuditDashboardProps {
  readonly dashboardName: string;
  readonly auditFunction: IFunction;
  readonly topic: ITopic;
  readonly schedule: ISchedule;
  readonly cadence: Cadence;
  readonly alarms: readonly IAlarm[];
  /** Usage from which nodes are reported. */
  readonly usages: Pick<Policy, 'warningUsage' | 'criticalUsage'>;
}

const FIVE_MINUTES = Duration.minutes(5);
const DAY = Duration.days(1);

const FULL_WIDTH = 24;
const HALF_WIDTH = FULL_WIDTH / 2;

/** Shows the metrics of the audits. It searches for clusters, so new ones appear by themselves. */
export class AuditDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: AuditDashboardProps) {
    super(scope, id);
    const period = periodOf(props.cadence);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      defaultInterval: Duration.days(14),
      widgets: [
        [new TextWidget({ markdown: signpost(props), width: FULL_WIDTH, height: 3 })],
        [
          new SingleValueWidget({
            title: 'Last audit, all clusters',
            metrics: lastAudit(period),
            period,
            width: HALF_WIDTH,
            height: 4,
          }),
          new AlarmStatusWidget({
            title: 'Is the auditor itself well?',
            alarms: [...props.alarms],
            width: HALF_WIDTH,
            height: 4,
          }),
        ],
        ...perCluster(props, period),
      ],
    });
  }
}

/** Metrics are by cluster only, so a figure over all clusters is computed from each of them. */
function lastAudit(period: Duration): IMetric[] {
  const over = (combine: 'MAX' | 'SUM', name: MetricName, statistic: string, label: string) =>
    new MathExpression({
      expression: `${combine}(${searchTerm(name, statistic, period)})`,
      label,
      period,
    });
  return [
    over('MAX', 'Usage', Stats.MAXIMUM, 'highest usage (%)'),
    over('MAX', 'Condition', Stats.MAXIMUM, `worst node (${conditionKey()})`),
    over('SUM', 'Drops', Stats.SUM, 'flows refused'),
  ];
}

function perCluster({ usages }: AuditDashboardProps, period: Duration): IWidget[][] {
  const search = (name: MetricName, statistic: string, what?: string) =>
    searchFor(name, statistic, period, what);
  const share = (condition: Condition) => search('Condition', shareOf(condition), condition);
  const thresholds = [
    { value: 100 * usages.warningUsage, label: 'warning' },
    { value: 100 * usages.criticalUsage, label: 'critical' },
  ];
  const { fine, ...notFine } = conditions;
  const steps = Object.entries(notFine).map(([label, value]) => ({ value, label }));
  return [
    [
      graph('Highest usage of a table (%)', [search('Usage', Stats.MAXIMUM)], thresholds),
      graph(
        'Usage that 95 % of nodes do not exceed (%)',
        [search('Usage', Stats.p(95))],
        thresholds,
      ),
    ],
    [
      graph('The worst node', [search('Condition', Stats.MAXIMUM)], steps),
      graph('Nodes that are critical, in warning, or silent (%)', [
        share('critical'),
        share('warning'),
        share('silent'),
      ]),
    ],
    [graph('Flows refused since the audit before', [search('Drops', Stats.SUM)])],
  ];
}

/**
 * The percent of nodes in a condition. CloudWatch excludes the lower bound and includes the upper, so
 * both lie halfway between values that a node can have.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
function shareOf(condition: Condition): string {
  const value = conditions[condition];
  return Stats.percentileRank(value - 0.5, value + 0.5);
}

/** What each value of `Condition` stands for. */
function conditionKey(): string {
  return Object.entries(conditions)
    .map(([condition, value]) => `${value} ${condition}`)
    .join(', ');
}

function graph(
  title: string,
  left: IMetric[],
  leftAnnotations: { value: number; label: string }[] = [],
): GraphWidget {
  return new GraphWidget({
    title,
    left,
    leftAnnotations,
    leftYAxis: { min: 0, showUnits: false },
    width: HALF_WIDTH,
  });
}

/**
 * Finds a metric of each cluster with values within the time shown.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
function searchTerm(name: MetricName, statistic: string, period: Duration): string {
  const schema = `{${METRIC_NAMESPACE},${CLUSTER_DIMENSION}} MetricName="${name}"`;
  return `SEARCH('${schema}', '${statistic}', ${period.toSeconds()})`;
}

/** One line for each cluster, named by the cluster. */
function searchFor(
  name: MetricName,
  statistic: string,
  period: Duration,
  what?: string,
): SearchExpression {
  const cluster = `\${PROP('Dim.${CLUSTER_DIMENSION}')}`;
  return new SearchExpression({
    expression: searchTerm(name, statistic, period),
    label: what === undefined ? cluster : `${cluster} ${what}`,
    period,
  });
}

/**
 * Long enough that each point contains an audit, in whole minutes as CloudWatch demands; a day at most,
 * so that a point still is a day of the week.
 */
function periodOf({ longestGap }: Cadence): Duration {
  const minutes = Math.ceil(longestGap.toMinutes({ integral: false }));
  const longEnough = Math.max(minutes, FIVE_MINUTES.toMinutes());
  return Duration.minutes(Math.min(longEnough, DAY.toMinutes()));
}

function signpost({ topic, schedule, cadence, auditFunction }: AuditDashboardProps): string {
  return [
    '## Connection tracking of EKS nodes',
    `Findings go to the topic **${topic.topicName}**. ` +
      `Audits are started by the schedule **${schedule.scheduleName}**, \`${cadence.expression.expressionString}\`. ` +
      `The function **${auditFunction.functionName}** runs them.`,
  ].join('\n\n');
}
