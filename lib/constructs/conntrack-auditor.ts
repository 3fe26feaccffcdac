import { Duration, Names, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { defaultPolicy } from '../core/judge/policy.js';
import { present } from '../core/text/present.js';
import { AuditAlarms } from './audit-alarms.js';
import { AuditDashboard } from './audit-dashboard.js';
import { AuditFunction, builtHandlerDirectory } from './audit-function.js';
import { AuditSchedule } from './audit-schedule.js';
import { cadenceFrom } from './cadence.js';
import { type ClusterGlobs, clusterGlobsFrom } from './cluster-globs.js';
import { ConfigurationError } from './configuration-error.js';
import { checkEmails } from './emails.js';
import { FindingsTopic } from './findings-topic.js';
import { HistoryTables } from './history-tables.js';
import { DEFAULT_NODE_TAG_KEYS, checkNodeTagKeys } from './node-tag-keys.js';
import { ProbeDocument } from './probe-document.js';
import { RunBucket } from './run-bucket.js';
import { type Telling, toldFrom } from './telling.js';
import { policyFrom, type Thresholds, type Times } from './thresholds.js';

/** Properties for `ConntrackAuditor`. */
export interface ConntrackAuditorProps extends Telling, Times {
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
   * @default - the topic that receives findings
   */
  readonly alarmTopic?: ITopic;

  /**
   * When to audit: an interval from 5 minutes to 6 days, or an expression of EventBridge Scheduler.
   *
   * @default Duration.hours(6)
   */
  readonly schedule?: Duration | ScheduleExpression;

  /**
   * The longest time between two audits of a `cron` expression, at most 6 days. If no audit begins
   * for longer, an alarm says so.
   *
   * @default - a day, for expressions that run every day; others have to give it
   */
  readonly longestGap?: Duration;

  /**
   * Which clusters to audit, by name.
   *
   * @default - every cluster of the account and Region of the stack
   */
  readonly clusters?: ClusterGlobs;

  /**
   * From which usage of its conntrack table a node is reported.
   *
   * @default - a warning at 0.75, critical at 0.95, and remedies that aim for 0.5
   */
  readonly thresholds?: Thresholds;

  /**
   * Keys of the tags that mark an instance as an EKS node, whatever their value. The function may send
   * the probe to instances that carry one of them, and to no other. Where the value is the name of a
   * cluster, an instance is found by it as well; it always is by the three of the default.
   *
   * @default ['aws:eks:cluster-name', 'eks:cluster-name', 'eks:eks-cluster-name']
   */
  readonly nodeTagKeys?: string[];

  /**
   * Whether the audit is a Lambda durable function, which waits for nodes without cost and resumes
   * after a crash. Turn it off in Regions without durable functions. A change replaces the function.
   *
   * @default true
   */
  readonly durable?: boolean;

  /**
   * How long to keep the logs of the audits.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;

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

  /**
   * Name of the SSM document that holds the probe. The command line tool looks for the default;
   * choose another only for a second auditor in one account and Region.
   *
   * @default 'conntrack-auditor-probe'
   */
  readonly documentName?: string;

  /**
   * Folder that holds the built handler as `audit.mjs`.
   *
   * @default - the handler that comes with this package
   */
  readonly handlerDirectory?: string;
}

/** Dead letters are kept as long as SQS can: somebody may be on holiday. */
const DEAD_LETTER_RETENTION = Duration.days(14);

/** Audits the connection tracking of EKS nodes on a schedule. Reads from nodes and changes none. */
export class ConntrackAuditor extends Construct {
  /** Receives findings and alarms. */
  readonly topic: ITopic;
  /** Runs an audit. Invoke it through `auditAlias`. */
  readonly auditFunction: Function;
  /** The version of the function that the schedule invokes. */
  readonly auditAlias: IFunction;
  /** Holds the probe. */
  readonly document: ProbeDocument;
  /** Keeps runs, ledger and history. */
  readonly bucket: IBucket;
  readonly schedule: Schedule;
  /** Receives audits that could not be started or were given up. */
  readonly deadLetterQueue: Queue;
  /** Shows the metrics of the audits; absent where there are none. */
  readonly dashboard?: Dashboard;

  constructor(scope: Construct, id: string, props: ConntrackAuditorProps = {}) {
    super(scope, id);
    const cadence = cadenceFrom(props.schedule, props.longestGap);
    const policy = policyFrom(props.thresholds, props);
    const told = toldFrom(props);
    const { durable = true } = props;
    // Dashboards of all Regions of an account share one space of names.
    const own = Names.uniqueResourceName(this, { maxLength: 150, separator: '-' });
    const dashboardName = `${own}-${Stack.of(this).region}`;

    this.topic = props.topic ?? new FindingsTopic(this, 'Findings').topic;
    for (const address of checkEmails(props.email)) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    this.bucket = bucketFrom(this, props);
    new HistoryTables(this, 'History', { bucket: this.bucket });
    this.document = new ProbeDocument(this, 'Probe', props);
    this.deadLetterQueue = deadLetters(this);

    const audit = new AuditFunction(this, 'Audit', {
      topic: this.topic,
      bucket: this.bucket,
      document: this.document,
      nodeTagKeys: checkNodeTagKeys(props.nodeTagKeys ?? DEFAULT_NODE_TAG_KEYS),
      clusters: clusterGlobsFrom(props.clusters),
      policy,
      told,
      dashboardName,
      durable,
      deadLetterQueue: this.deadLetterQueue,
      logRetention: props.logRetention,
      handlerDirectory: props.handlerDirectory ?? builtHandlerDirectory(),
    });
    this.auditFunction = audit.function;
    this.auditAlias = audit.alias;

    const { auditFunction, deadLetterQueue, topic } = this;
    const auditAlarms = new AuditAlarms(this, 'Alarms', {
      ...{ auditFunction, durable, cadence, deadLetterQueue },
      topic: props.alarmTopic ?? topic,
      findings: props.topic === undefined ? topic : undefined,
    });
    const target = audit.alias;
    const starts = new AuditSchedule(this, 'Schedule', { cadence, target, deadLetterQueue });
    // The first audit begins with its schedule: by then it can read, tell and fail aloud.
    starts.node.addDependency(topic, this.bucket, this.document, audit, auditAlarms);
    this.schedule = starts.schedule;
    if (told.metrics) {
      const { schedule } = starts;
      const { alarms } = auditAlarms;
      const usages = { ...defaultPolicy, ...policy };
      this.dashboard = new AuditDashboard(this, 'Dashboard', {
        ...{ dashboardName, auditFunction, topic, schedule, cadence, alarms, usages },
      }).dashboard;
    }
  }
}

function deadLetters(scope: Construct): Queue {
  return new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: DEAD_LETTER_RETENTION,
  });
}

function bucketFrom(
  scope: Construct,
  { bucket, historyRetention }: ConntrackAuditorProps,
): IBucket {
  if (bucket === undefined) {
    return new RunBucket(scope, 'Runs', present({ historyRetention })).bucket;
  }
  if (historyRetention === undefined) return bucket;
  throw new ConfigurationError(
    `'historyRetention' should be absent beside a bucket of your own, which keeps its own rules, got ${historyRetention.toHumanString()}`,
  );
}
