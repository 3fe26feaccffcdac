import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditSummary } from '../../lib/core/run/audit-fleet.js';
import { unmarked } from './a-guarded-fleet.js';
import type { Bucket } from './bucket.js';
import type { Outputs } from './checkout.js';
import { deployedStackContract } from './deployed-stack.contract.js';
import { leftIn } from './left.js';
import { PLACE } from './moto.js';
import { setScene, type Scene } from './scene.js';
import { Stack } from './stack.js';

const EMAIL = 'email=team@example.com';

let scene: Scene;
let outputs: Outputs;
let stack: Stack;
let bucket: Bucket;

beforeAll(async () => {
  scene = await setScene();
  return scene.stop;
});

beforeAll(async () => {
  await scene.checkout.cdk('bootstrap', '-c', EMAIL, `aws://${PLACE.account}/${PLACE.region}`);
  outputs = await scene.checkout.deploy(EMAIL);
  stack = await Stack.read(scene.ask);
  bucket = scene.bucket(outputs.BucketName);
});

describe('the deployed stack', () => {
  deployedStackContract(() => ({ scene, outputs, stack }));
});

/** Does what Scheduler does at this time, with what is deployed now. */
async function tick(time: string): Promise<AuditSummary> {
  const { Target } = await (await Stack.read(scene.ask)).schedule();
  const deployed = await scene.deployed(Target.Arn);
  const sent = Target.Input.replace('<aws.scheduler.scheduled-time>', time);
  return deployed.invoke(JSON.parse(sent) as object);
}

const refused = () =>
  scene.gate.asked
    .filter(({ allowed }) => !allowed)
    .map(({ action, resource }) => `${action} ${resource}`);

/** The one refusal that belongs here: the tag of the owner is none by which the role may send. */
const unmarkedNode = `ssm:SendCommand arn:aws:ec2:${PLACE.region}:${PLACE.account}:instance/${unmarked.instanceId}`;

/** What every audit of this fleet finds. */
const fleet = { nodes: { discovered: 5, read: 3, silent: 2 }, findings: { critical: 1 } };

/** Something that only the next release of the probe says, and the change that makes it say so. */
const NEXT = 'of-the-next-release';
const nextProbe = (probe: string) =>
  probe.replace(/"\$answer"$/m, () => `'{"is":"${NEXT}",'"\${answer#?}"`);

describe('the deployed function', () => {
  let first: AuditSummary;

  it('audits the fleet by its own role and environment, and tells people', async () => {
    const inbox = await scene.inbox(outputs.TopicArn);
    first = await tick('2026-11-27T06:00:00Z');
    expect(first).toMatchObject(fleet);
    expect(refused()).toEqual([unmarkedNode]);
    const [message, ...others] = await inbox.take();
    expect(others).toEqual([]);
    expect(message?.Subject).toContain('[critical]');
    expect(JSON.parse(message?.Message ?? '')).toMatchObject({
      region: PLACE.region,
    });
    expect(await bucket.run(first.runId)).not.toContain(NEXT);
    expect(await bucket.keys('history/')).toHaveLength(1);
  });

  it('sends the probe of the next release once that is deployed, and keeps all else', async () => {
    scene.checkout.change('lib/probe/collect.sh', nextProbe);
    expect(await scene.checkout.deploy(EMAIL)).toEqual(outputs);
    expect(await stack.document()).toMatchObject({ DefaultVersion: '2', LatestVersion: '2' });

    const next = await tick('2026-11-27T12:00:00Z');
    expect(next).toMatchObject(fleet);
    expect(scene.runCommand.sent.map(({ version }) => version)).toContain('2');
    expect(await bucket.run(next.runId)).toContain(NEXT);
  });

  it('leaves the bucket with what it knows, and nothing else', async () => {
    expect((await leftIn(scene.ask)).length).toBeGreaterThan(15);
    await scene.checkout.cdk('destroy', '--force', '--app', 'cdk.out');
    expect(await leftIn(scene.ask)).toEqual([`s3 ${outputs.BucketName}`]);
    expect((await bucket.keys('ledger/')).length).toBeGreaterThan(0);
  });

  it('knows in its next life what was told, as a plain handler over the same bucket', async () => {
    const before = await bucket.keys('history/');
    const bucketOption = `bucket=${outputs.BucketName}`;
    const again = await scene.checkout.deploy(EMAIL, 'durable=false', bucketOption);
    expect(again.BucketName).toBe(outputs.BucketName);
    expect(again.FunctionName).not.toBe(outputs.FunctionName);
    const inbox = await scene.inbox(again.TopicArn);

    const audit = await tick('2026-11-27T18:00:00Z');
    expect(audit).toMatchObject({ ...fleet, told: 0 });
    expect(refused()).toEqual([unmarkedNode]);
    expect(await inbox.take()).toEqual([]);
    expect(await bucket.keys('history/')).toHaveLength(before.length + 1);
  });
});
