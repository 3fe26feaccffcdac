import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { present } from '../core/text/present.js';
import { ConfigurationError } from './configuration-error.js';
import { checkEmails } from './emails.js';
import { FindingsTopic } from './findings-topic.js';
import { HistoryTables } from './history-tables.js';
import { atHub, checkBesideHub, type HubAddress } from './hub-address.js';
import { RunBucket } from './run-bucket.js';

/** Where an auditor tells, and where it keeps what it learned. */
export interface PlacesProps {
  /**
   * E-mail addresses that receive findings and alarms. Each has to confirm its subscription once.
   *
   * @default - nobody is subscribed; subscribe to the `topic` of the construct
   */
  readonly email?: string[];

  /**
   * The topic that receives findings, if you have one already, in any account or Region.
   *
   * Its policy stays as it is: it has to let `cloudwatch.amazonaws.com` in for the alarms, and the role
   * of the audit function if it belongs to another account.
   *
   * @default - a topic is created
   */
  readonly topic?: ITopic;

  /**
   * The topic that receives the alarms about the auditor itself. CloudWatch reaches only topics in
   * the Region of the stack.
   *
   * @default - the topic that receives findings; no alarms beside a hub, which sees that audits are missing
   */
  readonly alarmTopic?: ITopic;

  /**
   * The hub of an organization: its topic receives the findings, and its bucket keeps runs, ledger and
   * history, in place of a topic, a bucket, a dashboard and tables for Athena of the auditor's own.
   *
   * @default - the auditor stands alone
   */
  readonly hub?: HubAddress;

  /**
   * The bucket that keeps runs, ledger and history, if you have one already. `runs/`, `ledger/`,
   * `history/` and `athena/` in it belong to the auditor.
   *
   * @default - a bucket is created, keeps runs for 90 days, and stays when the stack is deleted
   */
  readonly bucket?: IBucket;

  /**
   * How long the created bucket keeps history, in whole days.
   *
   * @default Duration.days(400)
   */
  readonly historyRetention?: Duration;
}

/** Where an auditor tells and keeps. */
export interface Places {
  readonly topic: ITopic;
  readonly bucket: IBucket;
  /** Receives alarms about the auditor. Absent: it has none, as its hub sees that an audit is missing. */
  readonly alarmTopic: ITopic | undefined;
  /** The topic, if it is of this stack, so that its metrics are too. */
  readonly ownTopic: ITopic | undefined;
}

/** The hub's topic and bucket where there is a hub; else those that are given, or new ones. */
export function placesFrom(scope: Construct, props: PlacesProps): Places {
  return props.hub === undefined ? withoutHub(scope, props) : besideHub(scope, props, props.hub);
}

function besideHub(
  scope: Construct,
  { email, topic, bucket, historyRetention, alarmTopic }: PlacesProps,
  hub: HubAddress,
): Places {
  checkBesideHub({ email, topic, bucket, historyRetention });
  return { ...atHub(scope, hub), alarmTopic, ownTopic: undefined };
}

function withoutHub(scope: Construct, props: PlacesProps): Places {
  const topic = props.topic ?? new FindingsTopic(scope, 'Findings').topic;
  for (const address of checkEmails(props.email)) {
    topic.addSubscription(new EmailSubscription(address));
  }
  const bucket = bucketFrom(scope, props);
  new HistoryTables(scope, 'History', { bucket });
  return {
    topic,
    bucket,
    alarmTopic: props.alarmTopic ?? topic,
    ownTopic: props.topic === undefined ? topic : undefined,
  };
}

function bucketFrom(scope: Construct, { bucket, historyRetention }: PlacesProps): IBucket {
  if (bucket === undefined) {
    return new RunBucket(scope, 'Runs', present({ historyRetention })).bucket;
  }
  if (historyRetention === undefined) return bucket;
  throw new ConfigurationError(
    `'historyRetention' should be absent beside a bucket of your own, which keeps its own rules, got ${historyRetention.toHumanString()}`,
  );
}
