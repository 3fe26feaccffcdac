import { expect, it } from 'vitest';
import { Bucket } from './bucket.js';
import type { Outputs } from './checkout.js';
import { isAllowed, statementsOf } from './role.js';
import type { Scene } from './scene.js';
import type { Stack } from './stack.js';

/** What has to be in the account once the stack is deployed, as the services tell it. */
export function deployedStackContract(
  the: () => { readonly scene: Scene; readonly outputs: Outputs; readonly stack: Stack },
): void {
  it('rings for each way in which an audit fails, on the topic', async () => {
    const { outputs, stack } = the();
    const alarms = await stack.alarms();
    const failure = {
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      ActionsEnabled: true,
      AlarmActions: [outputs.TopicArn],
      OKActions: [outputs.TopicArn],
    };
    const Dimensions = [{ Name: 'FunctionName', Value: outputs.FunctionName }];
    const { name } = await stack.deadLetters();
    expect(alarms).toMatchObject({
      Errors: { ...failure, Namespace: 'AWS/Lambda', Dimensions },
      Invocations: {
        Namespace: 'AWS/Lambda',
        Dimensions,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
        AlarmActions: [outputs.TopicArn],
      },
      DurableExecutionFailed: { ...failure, Dimensions },
      DurableExecutionTimedOut: { ...failure, Dimensions },
      ApproximateNumberOfMessagesVisible: {
        ...failure,
        Namespace: 'AWS/SQS',
        Dimensions: [{ Name: 'QueueName', Value: name }],
      },
    });
  });

  it('starts the alias of the function every six hours, with the time of the tick', async () => {
    const { outputs, stack } = the();
    const schedule = await stack.schedule();
    const { arn } = await stack.deadLetters();
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(6 hours)',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      Target: {
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: { Arn: arn },
        RetryPolicy: { MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 2 },
      },
    });
    expect(schedule.Target.Arn).toMatch(new RegExp(`:function:${outputs.FunctionName}:live$`));
    expect(outputs.AuditNow).toContain(schedule.Target.Arn);
  });

  it('lets Scheduler invoke that alias and no other function, and keep what it could not start', async () => {
    const { scene, stack } = the();
    const { Target } = await stack.schedule();
    const { arn } = await stack.deadLetters();
    const statements = await statementsOf(scene.ask, Target.RoleArn);
    const may = (action: string, resource: string) =>
      isAllowed(statements, { action, resource, context: {} });
    expect(may('lambda:InvokeFunction', Target.Arn)).toBe(true);
    expect(may('lambda:InvokeFunction', Target.Arn.replace('Auditor', 'Other'))).toBe(false);
    expect(may('sqs:SendMessage', arn)).toBe(true);
    expect(may('sqs:SendMessage', `${arn}-other`)).toBe(false);
  });

  it('sends findings to the address, and lets CloudWatch ring on the topic', async () => {
    const { outputs, stack } = the();
    expect(await stack.subscriptions()).toMatchObject([
      { Protocol: 'email', Endpoint: 'team@example.com', TopicArn: outputs.TopicArn },
    ]);
    expect((await stack.topicPolicy()).Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: outputs.TopicArn,
      }),
    );
  });

  it('takes nothing without TLS, and the bucket refuses whoever tries', async () => {
    const { outputs, scene, stack } = the();
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    for (const { Statement } of [await stack.topicPolicy(), (await stack.deadLetters()).policy]) {
      expect(Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny', Condition }));
    }
    const bucket = scene.bucket(outputs.BucketName);
    await bucket.put('athena/try.txt', 'text');
    expect(await bucket.text('athena/try.txt')).toBe('text');
    const endpoint = scene.moto.plainEndpoint;
    const plain = new Bucket({ ...scene.moto.access, endpoint }, outputs.BucketName);
    await expect(plain.text('athena/try.txt')).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    plain.destroy();
  });

  it('keeps what is in the bucket private, and forgets it in time', async () => {
    const { outputs, scene } = the();
    const Bucket = outputs.BucketName;
    const [access, encryption, lifecycle] = await scene.ask(
      ['s3', 'get_public_access_block', { Bucket }],
      ['s3', 'get_bucket_encryption', { Bucket }],
      ['s3', 'get_bucket_lifecycle_configuration', { Bucket }],
    );
    expect(access).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(JSON.stringify(encryption)).toContain('AES256');
    const { Rules } = lifecycle as {
      Rules: { Status: string; Filter: { Prefix: string }; Expiration: { Days: number } }[];
    };
    const days = Rules.filter(({ Status }) => Status === 'Enabled').map(
      ({ Filter, Expiration }) => [Filter.Prefix, Expiration.Days] as const,
    );
    expect(Object.fromEntries(days)).toMatchObject({ 'runs/': 90, 'history/': 400 });
  });

  it('runs the handler of durable functions on ARM, and its failures go to the queue', async () => {
    const { stack } = the();
    expect(await stack.function()).toMatchObject({
      Handler: 'audit.durable',
      Version: '1',
      Architectures: ['arm64'],
      DurableConfig: { ExecutionTimeout: 3600, RetentionPeriodInDays: 3 },
      DeadLetterConfig: { TargetArn: (await stack.deadLetters()).arn },
    });
  });

  it('holds the probe in its document, and questions for Athena over the bucket', async () => {
    const { outputs, scene, stack } = the();
    expect(await stack.document()).toMatchObject({
      DefaultVersion: '1',
      TargetType: '/AWS::EC2::Instance',
    });
    const [WorkGroup] = stack.all('AWS::Athena::WorkGroup');
    const [DatabaseName] = stack.all('AWS::Glue::Database');
    const [Name] = stack.all('AWS::Glue::Table');
    const [group, queries, table] = await scene.ask(
      ['athena', 'get_work_group', { WorkGroup }],
      ['athena', 'list_named_queries', { WorkGroup }],
      ['glue', 'get_table', { DatabaseName, Name }],
    );
    const results = { OutputLocation: `s3://${outputs.BucketName}/athena/` };
    expect(group).toMatchObject({
      WorkGroup: { Configuration: { ResultConfiguration: results } },
    });
    const { NamedQueryIds } = queries as { NamedQueryIds: string[] };
    expect(NamedQueryIds.sort()).toEqual([...stack.all('AWS::Athena::NamedQuery')].sort());
    expect(table).toMatchObject({
      Table: {
        StorageDescriptor: { Location: `s3://${outputs.BucketName}/history/` },
        Parameters: { 'projection.enabled': 'true' },
      },
    });
  });
}
