import {
  CfnOutput,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { builtHandlerDirectory } from './constructs/audit-function.js';
import { configured } from './constructs/configuration-error.js';
import {
  ConntrackAuditorHub,
  type ConntrackAuditorHubProps,
} from './constructs/conntrack-auditor-hub.js';
import { codeBucketName, HandlerCode, HandlerCodeBucket } from './constructs/handler-code.js';
import { type Members, SpokeStackSet } from './constructs/spoke-stack-set.js';
import { codeBucketPrefix } from './core/configuration/organization.js';
import { parsed } from './core/text/parsed.js';

/** Properties for `ConntrackAuditorHubStack`. */
export interface ConntrackAuditorHubStackProps extends StackProps, ConntrackAuditorHubProps {
  /**
   * The accounts that get an auditor by a StackSet.
   *
   * @default - none: deploy auditors by other means, and tell them the `hub`
   */
  readonly members?: Members;

  /**
   * The first part of the names of the buckets that hold the code for members.
   *
   * @default 'conntrack-auditor-code'
   */
  readonly codeBucketPrefix?: string;

  /**
   * Folder that holds the built handler as `audit.mjs`.
   *
   * @default - the handler that comes with this package
   */
  readonly handlerDirectory?: string;
}

const CODE_BUCKET_PREFIX = 'conntrack-auditor-code';

/**
 * The hub of an organization. Where it has members, two small stacks stand beside it for each of their Regions: one
 * with a bucket for the code, and one that publishes the code there.
 */
export class ConntrackAuditorHubStack extends Stack {
  readonly hub: ConntrackAuditorHub;

  constructor(scope: Construct, id: string, props: ConntrackAuditorHubStackProps) {
    super(scope, id, {
      description: 'What the conntrack auditors of an organization share',
      ...props,
    });
    const { members } = props;
    this.hub = new ConntrackAuditorHub(this, 'Hub', { ...regionsOf(members), ...props });
    if (members !== undefined) this.deployTo(scope, members, props);
    const { topicArn, bucketName, keyArn } = this.hub.address;
    this.output('TopicArn', 'Receives the findings of all accounts and Regions', topicArn);
    this.output('BucketName', 'Keeps what all accounts and Regions know', bucketName);
    if (keyArn !== undefined) this.output('KeyArn', 'Encrypts topic and bucket', keyArn);
  }

  private deployTo(scope: Construct, members: Members, props: ConntrackAuditorHubStackProps): void {
    const prefix = configured(() =>
      parsed(codeBucketPrefix, props.codeBucketPrefix ?? CODE_BUCKET_PREFIX, {
        key: 'codeBucketPrefix',
      }),
    );
    const stackSet = new SpokeStackSet(this, 'Members', {
      ...{ hub: this.hub.address, members, codeBucketPrefix: prefix },
      objectKey: this.publishCode(scope, members.regions, prefix, props),
    });
    stackSet.node.addDependency(this.hub);
  }

  /** Publishes the code in each Region, and gives its key, which is the same everywhere. */
  private publishCode(
    scope: Construct,
    regions: readonly string[],
    prefix: string,
    {
      organizationId,
      handlerDirectory = builtHandlerDirectory(),
      env = {},
    }: ConntrackAuditorHubStackProps,
  ): string {
    const [objectKey = ''] = regions.map((region) => {
      const at = { env: { ...env, region } };
      const buckets = new Stack(scope, `${this.node.id}CodeBucket-${region}`, {
        ...at,
        description: 'Holds the code of conntrack auditors in a Region',
      });
      new HandlerCodeBucket(buckets, 'Code', { organizationId, prefix });
      const published = new Stack(scope, `${this.node.id}Code-${region}`, {
        ...at,
        description: 'Publishes the code of conntrack auditors in a Region',
        synthesizer: publishingTo(prefix),
      });
      // A file is published once the stacks before its own are there.
      published.addStackDependency(buckets);
      this.addStackDependency(published);
      return new HandlerCode(published, 'Code', handlerDirectory).objectKey;
    });
    return objectKey;
  }

  private output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}

function regionsOf(members: Members | undefined) {
  return members === undefined ? {} : { regions: members.regions };
}

function publishingTo(prefix: string): IStackSynthesizer {
  // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
  return new DefaultStackSynthesizer({
    fileAssetsBucketName: codeBucketName(prefix, '${AWS::AccountId}', '${AWS::Region}'),
  }) as IStackSynthesizer;
}
