import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, type Code, Function, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PARTS_PREFIX } from '../core/organization/part-file.js';
import type { OrganizationEnvTexts } from '../env.js';
import { acknowledgeWildcard } from './acknowledge.js';
import type { Cadence } from './cadence.js';

/** Properties for `OrganizationDigest`. */
export interface OrganizationDigestProps {
  readonly topic: ITopic;
  readonly bucket: IBucket;
  /** The key of both, if they have one. */
  readonly key: IKey | undefined;
  readonly cadence: Cadence;
  /** Holds `organization.mjs`. */
  readonly code: Code;
}

/** Tells the organization on a schedule what its audits found, and who did not audit. It reads records and publishes. */
export class OrganizationDigest extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: OrganizationDigestProps) {
    super(scope, id);
    const { topic, bucket, cadence } = props;
    const role = this.roleFor(props);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    const environment: OrganizationEnvTexts = {
      TOPIC_ARN: topic.topicArn,
      BUCKET_NAME: bucket.bucketName,
    };
    this.function = new Function(this, 'Function', {
      ...{ role, logGroup, environment },
      description: 'Tells what the audits of an organization found, and which are missing',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.minutes(5),
      code: props.code,
      handler: 'organization.digest',
    });
    new Schedule(this, 'Schedule', {
      description: 'Tells what the audits of an organization found',
      schedule: cadence.expression,
      timeWindow: TimeWindow.flexible(cadence.flexibleWindow),
      // An alias, so that Scheduler may invoke it alone and not every version.
      target: new LambdaInvoke(this.function.addAlias('live') as IFunction, {}),
    });
    this.alarm(
      'FailedDigests',
      'A digest of the organization failed. The log of the function says why.',
      topic,
    );
  }

  /** What it needs and nothing else: the records, and the topic. */
  private roleFor({ topic, bucket, key }: OrganizationDigestProps): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const records = bucket.arnForObjects(`${PARTS_PREFIX}*`);
    const statements = [
      { actions: ['s3:GetObject'], resources: [records] },
      {
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${PARTS_PREFIX}*` } },
      },
      { actions: ['sns:Publish'], resources: [topic.topicArn] },
      ...(key === undefined
        ? []
        : [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }]),
    ];
    for (const statement of statements) role.addToPolicy(new PolicyStatement(statement));
    acknowledgeWildcard(role, records, 'Each account and Region has a record of its own.');
    return role;
  }

  private alarm(id: string, alarmDescription: string, topic: ITopic): void {
    const alarm = new Alarm(this, id, {
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      alarmDescription,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}
