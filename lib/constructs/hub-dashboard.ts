import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IWidget,
  SearchExpression,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  CLUSTER_DIMENSION,
  conditions,
  METRIC_NAMESPACE,
  type MetricName,
} from '../core/history/published-names.js';

/** Properties for `HubDashboard`. */
export interface HubDashboardProps {
  readonly dashboardName: string;
  readonly regions: readonly string[];
}

/** Each audit is in one point of a day at most, whatever the schedules of the accounts are. */
const PERIOD = Duration.days(1);

const FULL_WIDTH = 24;
const THIRD = FULL_WIDTH / 3;

const SIGNPOST = [
  '## Connection tracking of EKS nodes, in an organization',
  'Metrics stay in the account and Region of their audit. CloudWatch shows here those of the accounts that are ' +
    'linked to this one as their **monitoring account**, in each Region; without a link, only those of this account.',
].join('\n\n');

/** Shows the metrics of all accounts that this one may see, a row for each Region. New clusters appear by themselves. */
export class HubDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { dashboardName, regions }: HubDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName,
      defaultInterval: Duration.days(14),
      widgets: [
        [new TextWidget({ markdown: SIGNPOST, width: FULL_WIDTH, height: 3 })],
        ...regions.map((region) => rowOf(region)),
      ],
    });
  }
}

function rowOf(region: string): IWidget[] {
  const { fine: _, ...notFine } = conditions;
  const steps = Object.entries(notFine).map(([label, value]) => ({ value, label }));
  return [
    graph(region, 'highest usage of a table (%)', 'Usage', Stats.MAXIMUM),
    graph(region, 'the worst node', 'Condition', Stats.MAXIMUM, steps),
    graph(region, 'flows refused', 'Drops', Stats.SUM),
  ];
}

function graph(
  region: string,
  what: string,
  name: MetricName,
  statistic: string,
  leftAnnotations: { value: number; label: string }[] = [],
): GraphWidget {
  return new GraphWidget({
    title: `${region}: ${what}`,
    region,
    left: [searchOf(name, statistic)],
    leftAnnotations,
    leftYAxis: { min: 0, showUnits: false },
    width: THIRD,
  });
}

/**
 * One line for each cluster of each linked account.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
 */
function searchOf(name: MetricName, statistic: string): SearchExpression {
  const schema = `{${METRIC_NAMESPACE},${CLUSTER_DIMENSION}} MetricName="${name}"`;
  return new SearchExpression({
    expression: `SEARCH('${schema}', '${statistic}', ${PERIOD.toSeconds()})`,
    label: `\${PROP('AccountId')} \${PROP('Dim.${CLUSTER_DIMENSION}')}`,
    period: PERIOD,
  });
}
