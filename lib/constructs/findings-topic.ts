import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Properties for `FindingsTopic`. */
export interface FindingsTopicProps {
  /**
   * The key of messages that wait. CloudWatch has to be allowed to use it.
   *
   * @default - none
   */
  readonly masterKey?: IKey;
}

/** The topic that receives the digest of each audit, and the alarms about the auditor itself. */
export class FindingsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: FindingsTopicProps = {}) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true, ...props });

    // The policy that enforces TLS replaces the default one, which lets in alarms of the account.
    const { account } = Stack.of(this);
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm:*',
    });
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': alarms },
        },
      }),
    );
  }
}
