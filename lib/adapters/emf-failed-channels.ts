import { FAILED_CHANNELS, METRIC_NAMESPACE } from '../core/history/published-names.js';

/** What an audit could not tell or record. */
export interface FailedChannels {
  readonly functionName: string;
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What each channel said, by name. */
  readonly failed: Readonly<Record<string, string>>;
}

/**
 * The line of the log from which CloudWatch takes the metric that rings the alarm, with the reasons for whoever reads
 * the log.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function failedChannelsLine({ functionName, runId, at, failed }: FailedChannels): string {
  const { metric, dimension } = FAILED_CHANNELS;
  return JSON.stringify({
    _aws: {
      Timestamp: Date.parse(at),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [[dimension]],
          Metrics: [{ Name: metric, Unit: 'Count' }],
        },
      ],
    },
    [dimension]: functionName,
    [metric]: Object.keys(failed).length,
    runId,
    failed,
  });
}
