import { Duration, Names, Stack } from 'aws-cdk-lib';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Code, type Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { defaultPolicy } from '../core/judge/policy.js';
import { AuditAlarms, type AuditAlarmsProps } from './audit-alarms.js';
import { AuditDashboard } from './audit-dashboard.js';
import { AuditFunction, builtHandlerDirectory } from './audit-function.js';
import { AuditSchedule } from './audit-schedule.js';
import { cadenceFrom } from './cadence.js';
import { type ClusterGlobs, clusterGlobsFrom } from './cluster-globs.js';
import { DEFAULT_NODE_TAG_KEYS, checkNodeTagKeys } from './node-tag-keys.js';
import { placesFrom, type PlacesProps } from './places.js';
import { ProbeDocument } from './probe-document.js';
import { type Telling, toldFrom } from './telling.js';
import { policyFrom, type Thresholds, type Times } from './thresholds.js';

/** Properties for `ConntrackAuditor`. */
export interface ConntrackAuditorProps extends PlacesProps, Telling, Times {
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

  /**
   * The built handler, where it is not a folder but in a bucket of the Region, in place of
   * `handlerDirectory`.
   *
   * @default - the handler that comes with this package
   */
  readonly code?: Code;
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
    const hasDashboard = told.metrics && props.hub === undefined;
    // Dashboards of all Regions of an account share one space of names.
    const own = Names.uniqueResourceName(this, { maxLength: 150, separator: '-' });
    const dashboardName = `${own}-${Stack.of(this).region}`;

    const { topic, bucket, alarmTopic, ownTopic } = placesFrom(this, props);
    this.topic = topic;
    this.bucket = bucket;
    this.document = new ProbeDocument(this, 'Probe', props);
    this.deadLetterQueue = deadLetters(this);

    const audit = new AuditFunction(this, 'Audit', {
      ...{ topic, bucket },
      hub: props.hub,
      cadence,
      document: this.document,
      nodeTagKeys: checkNodeTagKeys(props.nodeTagKeys ?? DEFAULT_NODE_TAG_KEYS),
      clusters: clusterGlobsFrom(props.clusters),
      policy,
      told,
      dashboardName: hasDashboard ? dashboardName : undefined,
      durable,
      deadLetterQueue: this.deadLetterQueue,
      logRetention: props.logRetention,
      code: props.code ?? Code.fromAsset(props.handlerDirectory ?? builtHandlerDirectory()),
    });
    this.auditFunction = audit.function;
    this.auditAlias = audit.alias;

    const { auditFunction, deadLetterQueue } = this;
    const alarms = alarmsOf(this, alarmTopic, {
      ...{ auditFunction, durable, cadence, deadLetterQueue },
      findings: ownTopic,
    });
    const target = audit.alias;
    const starts = new AuditSchedule(this, 'Schedule', { cadence, target, deadLetterQueue });
    // The first audit begins with its schedule: by then it can read, tell and fail aloud.
    starts.node.addDependency(topic, bucket, this.document, audit, ...alarms);
    this.schedule = starts.schedule;
    if (hasDashboard) {
      const { schedule } = starts;
      const usages = { ...defaultPolicy, ...policy };
      this.dashboard = new AuditDashboard(this, 'Dashboard', {
        ...{ dashboardName, auditFunction, topic, schedule, cadence, alarms, usages },
      }).dashboard;
    }
  }
}

/** None where nobody hears them, so that nobody pays for them. */
function alarmsOf(
  scope: Construct,
  topic: ITopic | undefined,
  props: Omit<AuditAlarmsProps, 'topic'>,
): readonly Alarm[] {
  return topic === undefined ? [] : new AuditAlarms(scope, 'Alarms', { ...props, topic }).alarms;
}

function deadLetters(scope: Construct): Queue {
  return new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: DEAD_LETTER_RETENTION,
  });
}
