import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditSummary } from '../../lib/core/run/audit-fleet.js';
import { unmarked } from './a-guarded-fleet.js';
import type { Outputs } from './checkout.js';
import { PLACE } from './moto.js';
import { setScene, type Scene } from './scene.js';
import { Stack } from './stack.js';

const { account, region } = PLACE;
const HUB = [
  'hub=true',
  'organizationId=o-a1b2c3d4e5',
  'email=team@example.com',
  'units=ou-a1b2-c3d4e5f6',
  `regions=${region}`,
];
const CODE_BUCKET = `conntrack-auditor-code-${account}-${region}`;
const MEMBER = 'Member';

let scene: Scene;
let hub: Outputs;

beforeAll(async () => {
  scene = await setScene();
  return scene.stop;
});

beforeAll(async () => {
  const options = HUB.flatMap((option) => ['-c', option]);
  await scene.checkout.cdk('bootstrap', ...options, `aws://${account}/${region}`);
  const { ConntrackAuditorHub: outputs } = await scene.checkout.deployAll<Outputs>(...HUB);
  if (outputs === undefined) throw new Error('the hub has no outputs');
  hub = outputs;
});

/** Deploys the template of members as StackSets would, in the one account that moto gives to everybody. */
async function deployMember(): Promise<Stack> {
  const template = scene.checkout.synthesized('ConntrackAuditorHubMember.template.json');
  const parameters = {
    TopicArn: hub.TopicArn,
    BucketName: hub.BucketName,
    CodeBucketPrefix: 'conntrack-auditor-code',
    CodeAccount: account,
  };
  const [answer] = await scene.ask([
    'cloudformation',
    'create_stack',
    {
      StackName: MEMBER,
      TemplateBody: template,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    },
  ]);
  expect(answer).toHaveProperty('StackId');
  return Stack.read(scene.ask, MEMBER);
}

describe('the hub of an organization, and a member of it', () => {
  it('publishes the code for members into a bucket of the Region, and nothing else of theirs', async () => {
    const keys = await scene.bucket(CODE_BUCKET).keys('');
    expect(keys.filter((key) => key.endsWith('.zip'))).toHaveLength(1);
  });

  it('runs one audit that arrives at the topic and in the bucket of the hub', async () => {
    const member = await deployMember();
    const { Target } = await member.schedule();
    const inbox = await scene.inbox(hub.TopicArn);
    const bucket = scene.bucket(hub.BucketName);
    const deployed = await scene.deployed(Target.Arn, CODE_BUCKET);
    const sent = Target.Input.replace('<aws.scheduler.scheduled-time>', '2026-11-27T06:00:00Z');
    const audit: AuditSummary = await deployed.invoke(JSON.parse(sent) as object);

    expect(audit).toMatchObject({ nodes: { discovered: 5, read: 3, silent: 2 } });
    expect(audit).not.toHaveProperty('failed');
    const refused = scene.gate.asked.filter(({ allowed }) => !allowed);
    expect(refused.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual([
      // Where a ledger was while keys had no account: in the bucket of a hub there is none.
      `s3:GetObject arn:aws:s3:::${hub.BucketName}/ledger/${region}.json`,
      `ssm:SendCommand arn:aws:ec2:${region}:${account}:instance/${unmarked.instanceId}`,
    ]);
    const [message, ...others] = await inbox.take();
    expect(others).toEqual([]);
    expect(JSON.parse(message?.Message ?? '')).toMatchObject({ region, account: { id: account } });
    expect(await bucket.keys(`runs/${account}/${region}/${audit.runId}/`)).not.toEqual([]);
    expect(await bucket.keys(`ledger/${account}/${region}/`)).not.toEqual([]);
    expect(JSON.parse(await bucket.text(`audits/${account}/${region}.json`))).toMatchObject({
      runId: audit.runId,
      cadenceSeconds: 21_600,
    });
  });
});
