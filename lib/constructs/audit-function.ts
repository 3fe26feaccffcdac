import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Annotations, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  type DurableConfig,
  Function,
  type IFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Policy } from '../core/judge/policy.js';
import type { AuditEnvTexts } from '../env.js';
import type { Cadence } from './cadence.js';
import type { ClusterGlobs } from './cluster-globs.js';
import { ConfigurationError } from './configuration-error.js';
import { grantFleetRead } from './fleet-permissions.js';
import type { HubAddress } from './hub-address.js';
import type { ProbeDocument } from './probe-document.js';
import { OwnState } from './own-state.js';
import { grantRunStore } from './run-bucket.js';
import type { Told } from './telling.js';
import { grantTelling } from './telling-permissions.js';

/** Properties for `AuditFunction`. */
export interface AuditFunctionProps {
  readonly topic: ITopic;
  readonly bucket: IBucket;
  /** The hub, if topic and bucket are of one. */
  readonly hub: HubAddress | undefined;
  readonly document: ProbeDocument;
  readonly nodeTagKeys: readonly string[];
  readonly clusters: Required<ClusterGlobs>;
  readonly policy: Partial<Policy>;
  readonly told: Told;
  /** Name of the dashboard, if there is one. */
  readonly dashboardName: string | undefined;
  readonly cadence: Cadence;
  readonly durable: boolean;
  readonly deadLetterQueue: IQueue;
  /** @default RetentionDays.THREE_MONTHS */
  readonly logRetention: RetentionDays | undefined;
  /** Holds `audit.mjs`. */
  readonly code: Code;
}

const DURABLE_CONFIG: DurableConfig = {
  /** An audit that takes longer is stuck: 10,000 nodes are read in a few minutes. */
  executionTimeout: Duration.hours(1),
  /** How long a durable execution stays visible. The run store has its findings anyway. */
  retentionPeriod: Duration.days(3),
};

/** The function that audits. It may read the fleet, send the probe, and keep and tell its findings. */
export class AuditFunction extends Construct {
  readonly function: Function;
  /** Invoke this: a durable function needs a qualified ARN, and ends on the code it began with. */
  readonly alias: IFunction;

  constructor(scope: Construct, id: string, props: AuditFunctionProps) {
    super(scope, id);
    const { durable, topic, bucket, document, told } = props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    this.function = new Function(this, 'Function', {
      role,
      description: 'Audits the connection tracking of EKS nodes',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.minutes(15),
      code: props.code,
      handler: durable ? 'audit.durable' : 'audit.inline',
      ...(durable && { durableConfig: DURABLE_CONFIG }),
      // A deployment in the middle of an audit must not remove the code on which the audit resumes.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      deadLetterQueue: props.deadLetterQueue,
      logGroup,
      environment: environmentOf(this, props),
    });
    // One for each variable, if it names something or turns it on, in the same order.
    topic.grantPublish(role);
    grantRunStore(bucket, role, { ofHub: props.hub !== undefined });
    if (props.hub?.keyArn !== undefined) grantHubKey(role, props.hub.keyArn);
    document.grantSend(role, props.nodeTagKeys);
    grantTelling(role, told);
    grantFleetRead(role);

    // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
    this.alias = this.function.addAlias('live') as IFunction;
    if (durable) {
      // Whoever invokes the alias finds a function that may keep its state.
      this.alias.node.addDependency(
        new OwnState(this, 'State', { durableFunction: this.function, role }),
      );
    }
    Annotations.of(this.function).acknowledgeInfo(
      'aws-lambda:Function.DurableConfig',
      'The function has no name and no state of its own, so it may be replaced.',
    );
  }
}

/** Allows what S3 and SNS ask of the key when something is written, read or published. */
function grantHubKey(role: Role, keyArn: string): void {
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [keyArn] }));
}

/** What the handler is told. */
function environmentOf(
  scope: Construct,
  {
    topic,
    bucket,
    document,
    clusters,
    nodeTagKeys,
    policy,
    told,
    dashboardName,
    hub,
    cadence,
  }: AuditFunctionProps,
): AuditEnvTexts {
  const { account, partition } = Stack.of(scope);
  return {
    TOPIC_ARN: topic.topicArn,
    BUCKET_NAME: bucket.bucketName,
    BUCKET_REGION: bucket.env.region,
    DOCUMENT_NAME: document.documentName,
    CLUSTER_GLOBS: JSON.stringify(clusters),
    NODE_TAG_KEYS: JSON.stringify(nodeTagKeys),
    POLICY: JSON.stringify(policy),
    MUTES: JSON.stringify(told.mutes),
    EVENTS: String(told.events),
    SECURITY_HUB: String(told.securityHub),
    METRICS: String(told.metrics),
    DASHBOARD: dashboardName ?? 'none',
    HUB_CADENCE: hub === undefined ? 'none' : String(cadence.longestGap.toSeconds()),
    ACCOUNT_ID: account,
    PARTITION: partition,
  };
}

/**
 * The place of this package's handler: beside `lib/` in the built package, under `dist/` in a
 * checkout.
 */
export function builtHandlerDirectory(): string {
  const candidates = ['../../lambda', '../../dist/lambda'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const built = candidates.find((directory) => existsSync(join(directory, 'audit.mjs')));
  if (built) return built;
  throw new ConfigurationError(
    `the audit function is not built: no audit.mjs in ${candidates.join(' or ')}; run npm run build:lambda`,
  );
}
