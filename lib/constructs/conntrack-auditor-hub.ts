import { Duration, Names, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { organizationId } from '../core/configuration/organization.js';
import { parsed } from '../core/text/parsed.js';
import { present } from '../core/text/present.js';
import { builtHandlerDirectory } from './audit-function.js';
import { cadenceFrom } from './cadence.js';
import { configured } from './configuration-error.js';
import { checkEmails } from './emails.js';
import { FindingsTopic } from './findings-topic.js';
import { HistoryTables } from './history-tables.js';
import type { HubAddress } from './hub-address.js';
import { HubDashboard } from './hub-dashboard.js';
import {
  letOrganizationKeep,
  letOrganizationPublish,
  organizationKey,
} from './organization-access.js';
import { checkRegions } from './regions.js';
import { OrganizationDigest } from './organization-digest.js';
import { RunBucket } from './run-bucket.js';

/** Properties for `ConntrackAuditorHub`. */
export interface ConntrackAuditorHubProps {
  /** Id of the organization: its accounts may publish to the topic, and keep in the bucket what is theirs. */
  readonly organizationId: string;

  /**
   * E-mail addresses that receive findings of all accounts. Each has to confirm its subscription once.
   *
   * @default - nobody is subscribed; subscribe to the `topic` of the construct
   */
  readonly email?: string[];

  /**
   * Whether topic and bucket have a key of their own in KMS, which the accounts may use through S3 and SNS.
   *
   * @default - false: S3 encrypts with a key of its own, and SNS with none
   */
  readonly ownKey?: boolean;

  /**
   * How long the bucket keeps history, in whole days.
   *
   * @default Duration.days(400)
   */
  readonly historyRetention?: Duration;

  /**
   * When to tell what the newest audits found and which are missing: an interval from 5 minutes to 6 days, or an
   * expression of EventBridge Scheduler.
   *
   * @default Duration.days(1)
   */
  readonly digestSchedule?: Duration | ScheduleExpression;

  /**
   * Folder that holds the built handlers as `audit.mjs` and `organization.mjs`.
   *
   * @default - those that come with this package
   */
  readonly handlerDirectory?: string;

  /**
   * Regions that the dashboard shows.
   *
   * @default - the Region of the stack
   */
  readonly regions?: string[];

  /**
   * Whether a dashboard shows the metrics of the accounts whose metrics this one may see.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}

/**
 * What the auditors of an organization share: one topic, one bucket, one dashboard, and one table for Athena. No
 * audit runs here, and none needs it to read a node.
 */
export class ConntrackAuditorHub extends Construct {
  /** Receives the findings of all accounts and Regions. */
  readonly topic: ITopic;
  /** Keeps runs, ledgers and history of all accounts and Regions. */
  readonly bucket: IBucket;
  /** The key of both, if they have one of their own. */
  readonly key?: IKey;
  /** What auditors are told of this hub. */
  readonly address: HubAddress;
  readonly dashboard?: Dashboard;

  constructor(scope: Construct, id: string, props: ConntrackAuditorHubProps) {
    super(scope, id);
    const organization = configured(() =>
      parsed(organizationId, props.organizationId, { key: 'organizationId' }),
    );
    if (props.ownKey === true) this.key = organizationKey(this, 'Key', organization);
    const topic = new FindingsTopic(this, 'Findings', present({ masterKey: this.key })).topic;
    this.topic = topic;
    letOrganizationPublish(topic, organization);
    for (const address of checkEmails(props.email)) {
      topic.addSubscription(new EmailSubscription(address));
    }
    const { historyRetention } = props;
    const kept = present({ historyRetention, encryptionKey: this.key });
    this.bucket = new RunBucket(this, 'Runs', kept).bucket;
    letOrganizationKeep(this.bucket, organization);
    new HistoryTables(this, 'History', { bucket: this.bucket, over: 'organization' });
    this.address = present({
      topicArn: topic.topicArn,
      bucketName: this.bucket.bucketName,
      keyArn: this.key?.keyArn,
    });
    new OrganizationDigest(this, 'Digest', {
      ...{ topic, bucket: this.bucket, key: this.key },
      cadence: cadenceFrom(props.digestSchedule ?? Duration.days(1)),
      code: Code.fromAsset(props.handlerDirectory ?? builtHandlerDirectory()),
    });
    if (props.dashboard !== false) {
      const own = Names.uniqueResourceName(this, { maxLength: 150, separator: '-' });
      this.dashboard = new HubDashboard(this, 'Dashboard', {
        dashboardName: `${own}-${Stack.of(this).region}`,
        regions: props.regions ? checkRegions(props.regions) : [Stack.of(this).region],
      }).dashboard;
    }
  }
}
