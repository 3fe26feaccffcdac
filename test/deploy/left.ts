import type { Ask, Question } from './asker.js';

/** What may be in an account, and how its name is found in the answer. */
const places: readonly [Question, list: string, name?: string][] = [
  [['cloudwatch', 'describe_alarms'], 'MetricAlarms', 'AlarmName'],
  [['cloudwatch', 'list_dashboards'], 'DashboardEntries', 'DashboardName'],
  [['scheduler', 'list_schedules'], 'Schedules', 'Name'],
  [['sns', 'list_topics'], 'Topics', 'TopicArn'],
  [['sqs', 'list_queues'], 'QueueUrls'],
  [['lambda', 'list_functions'], 'Functions', 'FunctionName'],
  [['ssm', 'list_documents'], 'DocumentIdentifiers', 'Name'],
  [['logs', 'describe_log_groups'], 'logGroups', 'logGroupName'],
  [['athena', 'list_work_groups'], 'WorkGroups', 'Name'],
  [['athena', 'list_named_queries'], 'NamedQueryIds'],
  [['glue', 'get_databases'], 'DatabaseList', 'Name'],
  [['iam', 'list_roles'], 'Roles', 'RoleName'],
  [['s3', 'list_buckets'], 'Buckets', 'Name'],
];

/** What is there from the start: Athena's own workgroup, and what `cdk bootstrap` made. */
const ofTheAccount = /^(primary$|cdk-)/;
/** The queues by which tests receive messages. */
const ofTests = /\/inbox-[^/]*$/;

/** Everything that is in the account and was not there before the stack, by its service. */
export async function leftIn(ask: Ask): Promise<string[]> {
  const answers = await ask(...places.map(([question]) => question));
  return places.flatMap(([[service], list, name], at) => {
    const found = (answers[at] as Record<string, unknown[]>)[list] ?? [];
    return found
      .map((one) => (name === undefined ? one : (one as Record<string, unknown>)[name]) as string)
      .filter((one) => !ofTheAccount.test(one) && !ofTests.test(one))
      .map((one) => `${service} ${one}`);
  });
}
