import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ConntrackAuditor, type ConntrackAuditorProps } from './constructs/conntrack-auditor.js';
import { present } from './core/text/present.js';

/** Properties for `ConntrackAuditorStack`. */
export interface ConntrackAuditorStackProps extends StackProps, ConntrackAuditorProps {
  /**
   * ARN of a topic that receives findings, in place of `topic`.
   *
   * @default - a topic is created
   */
  readonly topicArn?: string;

  /**
   * ARN of the topic that receives alarms, in place of `alarmTopic`.
   *
   * @default - the topic that receives findings
   */
  readonly alarmTopicArn?: string;

  /**
   * Name of a bucket of this account that keeps runs, ledger and history, in place of `bucket`: such as
   * the one that a deleted stack left.
   *
   * @default - a bucket is created
   */
  readonly bucketName?: string;
}

/** One auditor, for the account and Region it is deployed to. */
export class ConntrackAuditorStack extends Stack {
  readonly auditor: ConntrackAuditor;

  constructor(scope: Construct, id: string, props: ConntrackAuditorStackProps = {}) {
    super(scope, id, {
      description: 'Finds EKS nodes that are running out of conntrack table',
      ...props,
    });
    this.auditor = new ConntrackAuditor(this, 'Auditor', { ...props, ...this.existing(props) });
    const { topic, bucket, auditFunction, auditAlias, dashboard } = this.auditor;
    this.output('TopicArn', 'Receives findings and alarms', topic.topicArn);
    this.output(
      'BucketName',
      'Keeps runs, ledger and history, and stays when the stack goes: deploy again with -c bucket=<its name> to go on with them',
      bucket.bucketName,
    );
    this.output('FunctionName', 'Runs an audit', auditFunction.functionName);
    if (dashboard) {
      this.output('DashboardName', 'Shows the metrics of the audits', dashboard.dashboardName);
    }
    this.output('AuditNow', 'Starts an audit now', auditNow(auditAlias.functionArn));
  }

  private existing({ topicArn, alarmTopicArn, bucketName }: ConntrackAuditorStackProps) {
    const topic = (id: string, arn: string | undefined) =>
      arn === undefined ? undefined : Topic.fromTopicArn(this, id, arn);
    return present({
      topic: topic('Topic', topicArn),
      alarmTopic: topic('AlarmTopic', alarmTopicArn),
      bucket:
        bucketName === undefined ? undefined : Bucket.fromBucketName(this, 'Bucket', bucketName),
    });
  }

  private output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}

/**
 * Asynchronous, as the schedule does it: an audit may take longer than a caller would wait. The payload is a
 * file of bytes, which both generations of the AWS CLI send as it is: the second one takes a text for base64,
 * and the first one does not know the option against that. Nothing comes back but that it was taken.
 */
function auditNow(functionArn: string): string {
  return (
    `echo '{}' | aws lambda invoke --function-name ${functionArn} --invocation-type Event ` +
    `--payload fileb:///dev/stdin /dev/null`
  );
}
