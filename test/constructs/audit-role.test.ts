import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DEFAULT_NODE_TAG_KEYS } from '../../lib/constructs/node-tag-keys.js';
import { describe, expect, it } from 'vitest';
import { roleStatements, synthAuditor } from '../support/synth-auditor.js';

const ROLE = /AuditorAuditRole/;

const { template } = synthAuditor();
const statements = roleStatements(template, ROLE);
const sending = statements.filter(({ actions }) => actions.includes('ssm:SendCommand'));

/** All that the role may do, so that a new permission is a visible change here. */
const ALLOWED = [
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'eks:DescribeAddon',
  'eks:DescribeCluster',
  'eks:DescribeNodegroup',
  'eks:ListClusters',
  'eks:ListNodegroups',
  'events:PutEvents',
  'iam:ListAccountAliases',
  'lambda:CheckpointDurableExecution',
  'lambda:GetDurableExecutionState',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'sns:Publish',
  'sqs:SendMessage',
  'ssm:DescribeInstanceInformation',
  'ssm:GetCommandInvocation',
  'ssm:ListCommandInvocations',
  'ssm:ListCommands',
  ...['ssm:SendCommand', 'tag:GetResources'],
];

describe('the role of the audit function', () => {
  it('may do these things and no others', () => {
    expect([...new Set(statements.flatMap(({ actions }) => actions))].sort()).toEqual(ALLOWED);
    expect(new Set(statements.map(({ effect }) => effect))).toEqual(new Set(['Allow']));
  });

  it('may import findings too where Security Hub is told, and nothing else', () => {
    const hub = roleStatements(synthAuditor({ securityHub: true }).template, ROLE);
    const actions = [...new Set(hub.flatMap((one) => one.actions))].sort();
    expect(actions).toEqual([...ALLOWED, 'securityhub:BatchImportFindings'].sort());
  });

  it('may put no events where none are told', () => {
    const quiet = roleStatements(synthAuditor({ events: false }).template, ROLE);
    const actions = [...new Set(quiet.flatMap((one) => one.actions))].sort();
    expect(actions).toEqual(ALLOWED.filter((action) => action !== 'events:PutEvents'));
  });

  it('names every action in full', () => {
    for (const { actions } of statements) {
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  it('has only list and describe calls on all resources', () => {
    const [everywhere, ...more] = statements.filter(({ resources }) => resources.includes('*'));
    expect(more).toEqual([]);
    for (const action of everywhere?.actions ?? []) {
      expect(action).toMatch(
        /^(ec2:Describe|eks:List|iam:ListAccountAliases$|ssm:(List|Describe|GetCommandInvocation)|tag:GetResources$)/,
      );
    }
  });

  it.each([
    ['eks:DescribeCluster', 'cluster/*'],
    ['eks:ListNodegroups', 'cluster/*'],
    ['eks:DescribeNodegroup', 'nodegroup/*/*'],
    ['eks:DescribeAddon', 'addon/*'],
  ])('has %s on %s of its account and Region', (action, resource) => {
    const about = statements.filter(({ actions }) => actions.includes(action));
    const at = 'arn:<AWS::Partition>:eks:<AWS::Region>:<AWS::AccountId>';
    expect(about.map(({ resources }) => resources)).toEqual([[`${at}:${resource}`]]);
  });

  it('sends its own document and no other', () => {
    const documents = sending.flatMap(({ resources }) =>
      resources.filter((resource) => resource.includes('document')),
    );
    expect(documents).toEqual([
      expect.stringMatching(/:document\/<AuditorProbeDocument[0-9A-F]+>$/),
    ]);
  });

  it('sends to instances with the tag of an EKS node, one statement for each key', () => {
    const toInstances = sending.filter(({ resources }) =>
      resources.some((resource) => !resource.includes(':document/')),
    );
    for (const { resources } of toInstances) {
      expect(resources).toEqual([expect.stringMatching(/:ec2:.*:instance\/\*$/)]);
    }
    expect(toInstances.map(({ condition }) => condition)).toEqual(
      DEFAULT_NODE_TAG_KEYS.map((key) => ({ StringLike: { [`ssm:resourceTag/${key}`]: '*' } })),
    );
  });

  it('sends to instances with other tags when told so', () => {
    const other = synthAuditor({ nodeTagKeys: ['team/eks-node'] }).template;
    const conditions = roleStatements(other, ROLE)
      .filter(({ actions }) => actions.includes('ssm:SendCommand'))
      .map(({ condition }) => condition);
    expect(conditions).toEqual([
      undefined,
      { StringLike: { 'ssm:resourceTag/team/eks-node': '*' } },
    ]);
  });

  it('keeps what is of its account and Region, and touches nothing else of the bucket', () => {
    const s3 = statements.filter(({ actions }) => actions.some((name) => name.startsWith('s3:')));
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket'));
    const of = (key: string) => `<${bucket ?? ''}.Arn>/${key}`;
    expect(s3).toEqual([
      expect.objectContaining({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [
          of('history/dt=????-??-??/account=<AWS::AccountId>/region=<AWS::Region>/*'),
          of('ledger/<AWS::AccountId>/<AWS::Region>/*'),
          of('runs/<AWS::AccountId>/<AWS::Region>/*'),
        ],
        condition: undefined,
      }),
      // Where the ledger was while its key had no account.
      expect.objectContaining({
        actions: ['s3:GetObject'],
        resources: [
          of('bundles/<AWS::AccountId>/<AWS::Region>/*'),
          of('ledger/<AWS::Region>.json'),
        ],
      }),
      expect.objectContaining({
        actions: ['s3:ListBucket'],
        resources: [`<${bucket ?? ''}.Arn>`],
        condition: {
          StringLike: {
            's3:prefix': ['runs/', 'bundles/'].map((place) => ({
              'Fn::Join': [
                '',
                [place, { Ref: 'AWS::AccountId' }, '/', { Ref: 'AWS::Region' }, '/*'],
              ],
            })),
          },
        },
      }),
    ]);
  });

  it('has no policy of AWS, which would be about every function of the account', () => {
    for (const durable of [true, false]) {
      const roles = synthAuditor({ durable }).template.findResources('AWS::IAM::Role');
      expect(Object.keys(roles).filter((id) => ROLE.test(id))).toHaveLength(1);
      for (const role of Object.values(roles)) {
        expect(role['Properties']).not.toHaveProperty('ManagedPolicyArns');
      }
    }
  });

  it('writes to its own log only', () => {
    const [logs = 'none'] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const writing = statements.filter(({ actions }) => actions.includes('logs:PutLogEvents'));
    expect(writing).toMatchObject([
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`<${logs}.Arn>`] },
    ]);
  });

  it('keeps the state of its own executions only, and none where it is not durable', () => {
    const [own = 'none'] = Object.keys(template.findResources('AWS::Lambda::Function'));
    const keeping = statements.filter(({ actions }) => actions.some((one) => /^lambda:/.test(one)));
    expect(keeping).toMatchObject([
      {
        actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
        resources: [`<${own}.Arn>:*`],
      },
    ]);
    const inline = roleStatements(synthAuditor({ durable: false }).template, ROLE);
    expect(inline.flatMap(({ actions }) => actions)).not.toContainEqual(
      expect.stringMatching(/^lambda:/),
    );
  });

  it('may keep its state before anybody can invoke it', () => {
    const [alias] = Object.values(template.findResources('AWS::Lambda::Alias'));
    expect(alias?.['DependsOn']).toContainEqual(expect.stringMatching(/^AuditorAuditState/));
  });

  it('publishes to the topic of findings only', () => {
    const publishing = statements.filter(({ actions }) => actions.includes('sns:Publish'));
    expect(publishing.flatMap(({ resources }) => resources)).toEqual([
      expect.stringMatching(/^<AuditorFindingsTopic[0-9A-F]+>$/),
    ]);
  });

  it('puts events of its own source on the default bus only', () => {
    const putting = statements.filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(putting).toEqual([
      {
        effect: 'Allow',
        actions: ['events:PutEvents'],
        resources: ['arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default'],
        condition: { 'ForAllValues:StringEquals': { 'events:source': 'conntrack-auditor' } },
      },
    ]);
  });

  it('imports findings as the own product of the account only', () => {
    const { template: hub } = synthAuditor({ securityHub: true });
    const importing = roleStatements(hub, ROLE).filter(({ actions }) =>
      actions.includes('securityhub:BatchImportFindings'),
    );
    const at = 'arn:<AWS::Partition>:securityhub:<AWS::Region>:<AWS::AccountId>';
    expect(importing.map(({ resources }) => resources)).toEqual([
      [`${at}:product/<AWS::AccountId>/default`],
    ]);
  });

  it('may use the key of a bucket that is encrypted with one', () => {
    const { template: keyed } = synthAuditor((own) => ({
      bucket: Bucket.fromBucketAttributes(own, 'Bucket', {
        bucketName: 'runs',
        encryptionKey: new Key(own, 'Key'),
      }),
      topic: Topic.fromTopicArn(own, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:findings'),
    }));
    const actions = roleStatements(keyed, ROLE).flatMap((s) => s.actions);
    expect(actions).toContain('kms:Decrypt');
  });
});
