import type { Ask, Question } from './asker.js';
import type { Configuration } from './deployed-function.js';

/** The name of the stack, which `bin/app.ts` gives it. */
const STACK = 'ConntrackAuditor';

export interface Alarm {
  readonly MetricName: string;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
}

export interface Schedule {
  readonly Name: string;
  readonly ScheduleExpression: string;
  readonly Target: { readonly Arn: string; readonly Input: string; readonly RoleArn: string };
}

/** A policy of a resource. */
export interface Policy {
  readonly Statement: readonly object[];
}

/** What the services say of the resources that CloudFormation names. */
export class Stack {
  private constructor(
    private readonly ask: Ask,
    private readonly ids: ReadonlyMap<string, readonly string[]>,
  ) {}

  static async read(ask: Ask, StackName = STACK): Promise<Stack> {
    const [answer] = await ask(['cloudformation', 'list_stack_resources', { StackName }]);
    const { StackResourceSummaries: all } = answer as {
      StackResourceSummaries: { ResourceType: string; PhysicalResourceId: string }[];
    };
    const ids = new Map<string, string[]>();
    for (const { ResourceType: type, PhysicalResourceId: id } of all) {
      ids.set(type, [...(ids.get(type) ?? []), id]);
    }
    return new Stack(ask, ids);
  }

  /** Alarms by the metric that they watch. */
  async alarms(): Promise<Record<string, Alarm>> {
    const AlarmNames = this.all('AWS::CloudWatch::Alarm');
    const { MetricAlarms } = await this.one<{ MetricAlarms: Alarm[] }>([
      'cloudwatch',
      'describe_alarms',
      { AlarmNames },
    ]);
    return Object.fromEntries(MetricAlarms.map((alarm) => [alarm.MetricName, alarm]));
  }

  /** The schedule of audits; one that runs once is not it. */
  async schedule(): Promise<Schedule> {
    const names = this.all('AWS::Scheduler::Schedule');
    const found = await this.ask(
      ...names.map((Name) => ['scheduler', 'get_schedule', { Name }] as const),
    );
    return only(
      (found as Schedule[]).filter(({ ScheduleExpression: when }) => !when.startsWith('at(')),
    );
  }

  async subscriptions(): Promise<object[]> {
    const TopicArn = only(this.all('AWS::SNS::Topic'));
    const asked = ['sns', 'list_subscriptions_by_topic', { TopicArn }] as const;
    return (await this.one<{ Subscriptions: object[] }>(asked)).Subscriptions;
  }

  async topicPolicy(): Promise<Policy> {
    const TopicArn = only(this.all('AWS::SNS::Topic'));
    const { Attributes } = await this.one<{ Attributes: { Policy: string } }>([
      'sns',
      'get_topic_attributes',
      { TopicArn },
    ]);
    return JSON.parse(Attributes.Policy) as Policy;
  }

  async deadLetters(): Promise<{ name: string; arn: string; policy: Policy }> {
    const QueueUrl = only(this.all('AWS::SQS::Queue'));
    const { Attributes } = await this.one<{ Attributes: { Policy: string; QueueArn: string } }>([
      'sqs',
      'get_queue_attributes',
      { QueueUrl, AttributeNames: ['All'] },
    ]);
    const { QueueArn: arn, Policy: policy } = Attributes;
    return { name: arn.split(':').pop() ?? '', arn, policy: JSON.parse(policy) as Policy };
  }

  function(): Promise<Configuration> {
    const FunctionName = only(this.all('AWS::Lambda::Alias'));
    return this.one(['lambda', 'get_function_configuration', { FunctionName }]);
  }

  async document(): Promise<object> {
    const Name = only(this.all('AWS::SSM::Document'));
    const asked = ['ssm', 'describe_document', { Name }] as const;
    return (await this.one<{ Document: object }>(asked)).Document;
  }

  /** Physical ids of a type, in the order of the template. */
  all(type: string): readonly string[] {
    return this.ids.get(type) ?? [];
  }

  async one<T>(question: Question): Promise<T> {
    return (await this.ask(question))[0] as T;
  }
}

function only<T>(list: readonly T[]): T {
  const [first, ...others] = list;
  if (first !== undefined && others.length === 0) return first;
  throw new Error(`there should be one, and there are ${list.length}`);
}
