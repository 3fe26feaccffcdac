import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Environment, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ConntrackAuditorStack,
  type ConntrackAuditorStackProps,
} from '../lib/conntrack-auditor-stack.js';
import { cdkContext, handlerDirectory } from './support/synth-auditor.js';

function auditorStack(app: App, props: Partial<ConntrackAuditorStackProps> = {}) {
  return new ConntrackAuditorStack(app, 'ConntrackAuditor', {
    email: ['a@example.com'],
    handlerDirectory,
    ...props,
  });
}

describe('the stack', () => {
  const stack = auditorStack(new App({ context: cdkContext }));
  const template = Template.fromStack(stack);

  it('says what it made, and how to audit now', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AuditNow',
      'BucketName',
      'DashboardName',
      'FunctionName',
      'TopicArn',
    ]);
    const [alias = 'none'] = Object.keys(template.findResources('AWS::Lambda::Alias'));
    const value: unknown = template.findOutputs('AuditNow')['AuditNow']?.['Value'];
    expect(value).toEqual({
      'Fn::Join': [
        '',
        [
          "echo '{}' | aws lambda invoke --function-name ",
          { Ref: alias },
          ' --invocation-type Event --payload fileb:///dev/stdin /dev/null',
        ],
      ],
    });
  });

  it('says that its bucket stays, and how to go on with it', () => {
    const { BucketName: said } = template.findOutputs('BucketName');
    expect(said?.['Description']).toContain('deploy again with -c bucket=<its name>');
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      template.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('goes on with a bucket and with topics that are there', () => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:findings';
    const app = new App({ context: cdkContext });
    const given = { bucketName: 'left-behind', topicArn: arn, alarmTopicArn: `${arn}-alarms` };
    const other = Template.fromStack(auditorStack(app, given));
    other.resourceCountIs('AWS::S3::Bucket', 0);
    other.resourceCountIs('AWS::SNS::Topic', 0);
    other.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { BUCKET_NAME: 'left-behind', TOPIC_ARN: arn } },
    });
    other.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [`${arn}-alarms`] });
    expect(JSON.stringify(other.findResources('AWS::IAM::Policy'))).toContain(
      'left-behind/ledger/',
    );
  });

  it('asks for nothing that a change of the code would replace', () => {
    const ids = ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SSM::Document'].flatMap((type) =>
      Object.keys(template.findResources(type)),
    );
    expect(ids).toEqual([
      'AuditorRunsBucket4F934F4F',
      'AuditorFindingsTopicDD56381B',
      'AuditorProbeDocumentE9256B3D',
    ]);
  });

  const places: [string, Environment | undefined][] = [
    ['anywhere', undefined],
    ['in a known account and Region', { account: '123456789012', region: 'eu-west-1' }],
  ];
  it.each(
    places.flatMap(([place, env]) => [true, false].map((durable) => ({ place, env, durable }))),
  )('passes cdk-nag and says nothing else $place, durable $durable', ({ env, durable }) => {
    const outdir = mkdtempSync(join(tmpdir(), 'conntrack-auditor-nag-'));
    onTestFinished(() => {
      rmSync(outdir, { recursive: true });
    });
    const app = new App({ outdir, context: cdkContext });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    auditorStack(app, { durable, securityHub: true, ...(env && { env }) });
    app.synth();
    const report: unknown = JSON.parse(
      readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
    );
    expect(report).toMatchObject({ pluginReports: [] });
  });
});
