import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Annotations,
  App,
  Aws,
  CfnParameter,
  BootstraplessSynthesizer,
  Fn,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { present } from '../core/text/present.js';
import { ConntrackAuditor, type ConntrackAuditorProps } from './conntrack-auditor.js';

/** What may be chosen for all spokes. The hub has the rest. */
export type SpokeProps = Omit<
  ConntrackAuditorProps,
  | 'hub'
  | 'email'
  | 'topic'
  | 'alarmTopic'
  | 'bucket'
  | 'historyRetention'
  | 'handlerDirectory'
  | 'code'
>;

/** Properties for `spokeTemplate`. */
export interface SpokeTemplateProps {
  readonly spoke: SpokeProps;
  /** Key of the zip in the code bucket of each Region. */
  readonly objectKey: string;
  /** Whether the hub has a key of its own. */
  readonly hasKey: boolean;
}

/** Its parameters, and what each is for. They name the hub, so that the template is the same in every account. */
const parameters = {
  TopicArn: 'ARN of the topic of the hub',
  BucketName: 'Name of the bucket of the hub, in the account and Region of its topic',
  CodeBucketPrefix: 'First part of the names of the buckets that hold the code, one in each Region',
  CodeAccount: 'Account of these buckets',
};
const keyParameter = { KeyArn: 'ARN of the key of topic and bucket' };

export type SpokeParameter = keyof typeof parameters | keyof typeof keyParameter;

/**
 * The template of an auditor in a member account: it stands by itself, so the account needs no `cdk bootstrap`, and it
 * takes its code from the hub's bucket in its Region.
 *
 * It is made by an app of its own, as none of the stacks of the caller's app is it.
 */
export function spokeTemplate(scope: Construct, props: SpokeTemplateProps): object {
  const outdir = mkdtempSync(join(tmpdir(), 'conntrack-auditor-spoke-'));
  try {
    const context = scope.node.getAllContext() as Record<string, unknown>;
    const app = new App({ outdir, context, autoSynth: false, analyticsReporting: false });
    const stack = new SpokeStack(app, 'ConntrackAuditor', props);
    return app.synth().getStackArtifact(stack.artifactId).template as object;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, { spoke, objectKey, hasKey }: SpokeTemplateProps) {
    super(scope, id, {
      description: 'Finds EKS nodes that are running out of conntrack table, and tells a hub',
      // It refuses files, which nobody would publish to a member account.
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
    });
    const all = { ...parameters, ...(hasKey && keyParameter) };
    const [topicArn = '', bucketName = '', prefix = '', account = '', keyArn] = Object.entries(
      all,
    ).map(
      ([name, description]) =>
        new CfnParameter(this, name, { type: 'String', description }).valueAsString,
    );
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified',
      'The key holds the hash of the code.',
    );
    const codeBucket = Bucket.fromBucketName(
      this,
      'Code',
      Fn.join('-', [prefix, account, Aws.REGION]),
    );
    new ConntrackAuditor(this, 'Auditor', {
      ...spoke,
      hub: present({ topicArn, bucketName, keyArn }),
      code: Code.fromBucket(codeBucket, objectKey),
    });
  }
}
