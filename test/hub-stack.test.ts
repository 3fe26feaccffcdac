import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stage, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { ConntrackAuditorStack } from '../lib/conntrack-auditor-stack.js';
import { ConntrackAuditorHubStack, type ConntrackAuditorHubStackProps } from '../lib/hub-stack.js';
import type { Members } from '../lib/constructs/spoke-stack-set.js';
import { cdkContext, handlerDirectory, synthAuditor } from './support/synth-auditor.js';
import { ORGANIZATION } from './support/synth-hub.js';

const members: Members = {
  organizationalUnits: ['ou-a1b2-c3d4e5f6'],
  regions: ['eu-west-1', 'us-east-1'],
};

function hubIn(app: App, props: Partial<ConntrackAuditorHubStackProps> = {}) {
  return new ConntrackAuditorHubStack(app, 'Hub', {
    organizationId: ORGANIZATION,
    handlerDirectory,
    ...props,
  });
}

interface MemberTemplate {
  readonly Parameters: Record<string, unknown>;
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

describe('the stack of a hub with members', () => {
  const app = new App({ context: cdkContext });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stack = hubIn(app, { members, email: ['a@example.com'], ownKey: true });
  const assembly = app.synth();
  const template = Template.fromStack(stack);
  const text = readFileSync(join(assembly.directory, 'HubMember.template.json'), 'utf8');
  const member = JSON.parse(text) as MemberTemplate;
  const code = Object.values(member.Resources).find(({ Type }) => Type === 'AWS::Lambda::Function')
    ?.Properties['Code'];

  it('publishes the code in each Region before the members are deployed', () => {
    const names = (id: string) => assembly.getStackArtifact(id).dependencies.map((one) => one.id);
    for (const region of members.regions) {
      expect(names('Hub')).toContain(`HubCode-${region}`);
      expect(names(`HubCode-${region}`)).toContain(`HubCodeBucket-${region}`);
    }
  });

  it('deploys to units and Regions, and to accounts that join', () => {
    template.hasResourceProperties('AWS::CloudFormation::StackSet', {
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      Capabilities: ['CAPABILITY_IAM'],
      OperationPreferences: {
        FailureTolerancePercentage: 10,
        MaxConcurrentPercentage: 25,
        RegionConcurrencyType: 'PARALLEL',
      },
      StackInstancesGroup: [
        {
          DeploymentTargets: { OrganizationalUnitIds: members.organizationalUnits },
          Regions: members.regions,
        },
      ],
    });
  });

  it('gives members every parameter of their template, and no other', () => {
    const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet'));
    const given = (
      set?.['Properties'] as { Parameters: { ParameterKey: string }[] }
    ).Parameters.map(({ ParameterKey }) => ParameterKey);
    expect(given.sort()).toEqual(Object.keys(member.Parameters).sort());
    expect(given).toContain('KeyArn');
  });

  it('has a template for members that needs nothing of a bootstrap', () => {
    expect(text).not.toMatch(/cdk-|assets|BootstrapVersion/);
  });

  it('names the bucket of the Region for the code, by the hash that was published there', () => {
    const manifest = assembly.getStackArtifact('HubCode-eu-west-1').assets;
    expect(manifest).toEqual([]);
    const published = readFileSync(
      join(assembly.directory, 'HubCode-eu-west-1.assets.json'),
      'utf8',
    );
    const { S3Key, S3Bucket } = code as { S3Key: string; S3Bucket: unknown };
    expect(published).toContain(`"objectKey": "${S3Key}"`);
    expect(published).toContain(
      '"bucketName": "conntrack-auditor-code-${AWS::AccountId}-eu-west-1"',
    );
    const region = { Ref: 'AWS::Region' };
    const parts = [{ Ref: 'CodeBucketPrefix' }, { Ref: 'CodeAccount' }, region];
    expect(S3Bucket).toEqual({ 'Fn::Join': ['-', parts] });
  });

  it('gives members no alarm, dashboard, topic or bucket of their own', () => {
    const types = new Set(Object.values(member.Resources).map(({ Type }) => Type));
    for (const type of ['CloudWatch::Alarm', 'CloudWatch::Dashboard', 'SNS::Topic', 'S3::Bucket']) {
      expect(types).not.toContain(`AWS::${type}`);
    }
    expect(types).toContain('AWS::Scheduler::Schedule');
  });

  it('subscribes each address once, to the one topic', () => {
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.resourceCountIs('AWS::SNS::Subscription', 1);
  });

  it('has one table over all accounts, by day alone', () => {
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: {
        PartitionKeys: [Match.objectLike({ Name: 'dt' })],
        Parameters: { 'projection.account.type': Match.absent() },
      },
    });
  });
});

describe('a hub', () => {
  it.each([
    [{ organizationId: 'acme' }, "'organizationId' should be the id of an organization"],
    [{ members: { ...members, organizationalUnits: ['ou-1'] } }, "'organizationalUnits[0]' should"],
    [{ members: { ...members, regions: [] } }, "'regions' should name at least one"],
    [{ members: { ...members, failureTolerance: 101 } }, "'failureTolerance' should be whole"],
    [{ members, codeBucketPrefix: 'Acme' }, "'codeBucketPrefix' should be 3 to 30"],
  ])('refuses %j', (props, message) => {
    expect(() => hubIn(new App(), props)).toThrow(message);
  });

  it('needs no members', () => {
    const template = Template.fromStack(hubIn(new App()));
    template.resourceCountIs('AWS::CloudFormation::StackSet', 0);
  });
});

describe('an auditor of a hub', () => {
  const hub = { topicArn: 'arn:aws:sns:eu-west-1:999900001111:findings', bucketName: 'hub' };

  it('stands in a stage of a pipeline', () => {
    const stage = new Stage(new App({ context: cdkContext }), 'Prod', {
      env: { account: '111122223333', region: 'us-east-1' },
    });
    const stack = new ConntrackAuditorStack(stage, 'ConntrackAuditor', { hub, handlerDirectory });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          TOPIC_ARN: hub.topicArn,
          BUCKET_NAME: 'hub',
          BUCKET_REGION: 'eu-west-1',
          HUB_CADENCE: '21600',
        },
      },
    });
  });

  it('takes no topic, bucket or address of its own', () => {
    expect(() => synthAuditor({ hub, email: ['a@example.com'] })).toThrow(
      "'email' should be absent beside 'hub'",
    );
  });
});
