import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConntrackAuditor, type ConntrackAuditorProps } from './constructs/conntrack-auditor.js';

/** Properties for `ConntrackAuditorStack`. */
export interface ConntrackAuditorStackProps extends StackProps, ConntrackAuditorProps {}

/** One auditor, for the account and Region it is deployed to. */
export class ConntrackAuditorStack extends Stack {
  readonly auditor: ConntrackAuditor;

  constructor(scope: Construct, id: string, props: ConntrackAuditorStackProps = {}) {
    super(scope, id, {
      description: 'Finds EKS nodes that are running out of conntrack table',
      ...props,
    });
    this.auditor = new ConntrackAuditor(this, 'Auditor', props);
    const { topic, bucket, auditFunction, auditAlias, dashboard } = this.auditor;
    this.output('TopicArn', 'Receives findings and alarms', topic.topicArn);
    this.output('BucketName', 'Keeps runs, ledger and history', bucket.bucketName);
    this.output('FunctionName', 'Runs an audit', auditFunction.functionName);
    if (dashboard) {
      this.output('DashboardName', 'Shows the metrics of the audits', dashboard.dashboardName);
    }
    this.output('AuditNow', 'Starts an audit now', auditNow(auditAlias.functionArn));
  }

  private output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}

/**
 * Asynchronous, as the schedule does it: an audit may take longer than a caller would wait. The AWS
 * CLI would take the payload for base64 if it were not told.
 */
function auditNow(functionArn: string): string {
  return (
    `aws lambda invoke --function-name ${functionArn} --invocation-type Event ` +
    `--cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout`
  );
}
