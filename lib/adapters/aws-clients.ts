import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { present } from '../core/text/present.js';
import { requestHandler, timeLimits, withinLimit, type TimeLimits } from './time-limits.js';

/** The keys of whoever calls; of a role session with its token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who calls, and where. The SDK finds the rest: environment, profile, instance role. */
export interface AwsClientOptions {
  /** Version of this program, for the user agent that CloudTrail shows. */
  readonly version: string;
  readonly region?: string;
  /** Name of a profile in `~/.aws/config`. */
  readonly profile?: string;
  /** One address that serves every service. `AWS_ENDPOINT_URL` works too, by the SDK itself. */
  readonly endpoint?: string;
  readonly credentials?: Credentials;
  /** Seconds that one request may take, 30 if absent. The other limits go with it. */
  readonly requestSeconds?: number;
  /** How often a call is tried, 8 times if absent. */
  readonly attempts?: number;
}

/** One client for each service. Adaptive retry learns per client, so share these. */
export interface AwsClients {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly eventBridge: EventBridgeClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly securityHub: SecurityHubClient;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  /** What each call of them may take. */
  readonly limits: TimeLimits;
  readonly sts: STSClient;
  /** The Region of the clients. Fails if none is configured anywhere. */
  region(): Promise<string>;
  /** Closes idle connections, so that a program can end at once. */
  destroy(): void;
}

/**
 * Makes the clients of one account and Region.
 *
 * Run Command publishes no request rates, so the clients slow down as the service's answers ask. No call takes
 * longer than its limit, whatever hangs.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function awsClients(options: AwsClientOptions): AwsClients {
  const { endpoint } = options;
  const { limits, config } = clientConfig(options);
  const clients = {
    ec2: new EC2Client(config),
    eks: new EKSClient(config),
    eventBridge: new EventBridgeClient(config),
    iam: new IAMClient(config),
    s3: new S3Client({ ...config, forcePathStyle: isElsewhere(endpoint ?? configuredEndpoint()) }),
    securityHub: new SecurityHubClient(config),
    sns: new SNSClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
  for (const client of Object.values(clients)) withinLimit(client, limits);
  return {
    ...clients,
    limits,
    region: () => clients.ec2.config.region(),
    destroy() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** How a client is made, and what its calls may take. */
export function clientConfig(options: AwsClientOptions) {
  const { version, region, profile, endpoint, credentials, attempts = 8 } = options;
  const limits = timeLimits(options.requestSeconds);
  const config = {
    ...present({ region, profile, endpoint, credentials }),
    retryMode: 'adaptive',
    maxAttempts: attempts,
    customUserAgent: `conntrack-auditor/${version}`,
    requestHandler: requestHandler(limits),
  };
  return { limits, config };
}

/**
 * The address for S3 that the environment sets for every SDK.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function configuredEndpoint(): string | undefined {
  const { AWS_ENDPOINT_URL_S3: ofS3, AWS_ENDPOINT_URL: ofAll } = process.env;
  if (process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  return ofS3 ?? ofAll;
}

/** Whether a bucket's name in front of this host would be a host that does not exist. */
function isElsewhere(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  return !/(^|\.)amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}
