import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ConntrackAuditor } from '../../lib/constructs/conntrack-auditor.js';
import type { Measured } from './measured.js';

interface Properties {
  readonly MemorySize?: number;
  readonly RetentionInDays?: number;
  readonly DurableConfig?: { readonly RetentionPeriodInDays?: number };
  readonly LifecycleConfiguration?: {
    readonly Rules: readonly { readonly Prefix?: string; readonly ExpirationInDays?: number }[];
  };
}

/** What a deployment with every default holds, read from the template that it becomes. */
export function deployedByDefault(): Measured['deployed'] {
  const stack = new Stack(new App(), 'Cost');
  const handlerDirectory = fileURLToPath(new URL('../../test/fixtures/handler', import.meta.url));
  new ConntrackAuditor(stack, 'Auditor', { handlerDirectory });
  const template = Template.fromStack(stack);
  const all = (type: string) =>
    Object.values(template.findResources(type)).map(
      (one) => (one as { Properties: Properties }).Properties,
    );
  const functions = all('AWS::Lambda::Function');
  const rules = all('AWS::S3::Bucket').flatMap((one) => one.LifecycleConfiguration?.Rules ?? []);
  const daysOf = (prefix: string) => rules.find((rule) => rule.Prefix === prefix)?.ExpirationInDays;
  return {
    alarms: all('AWS::CloudWatch::Alarm').length,
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    memoryMb: known(functions[0]?.MemorySize, 'memory of the function'),
    runDays: known(daysOf('runs/'), 'days of runs'),
    historyDays: known(daysOf('history/'), 'days of history'),
    logDays: known(all('AWS::Logs::LogGroup')[0]?.RetentionInDays, 'days of the log'),
    executionDays: known(
      functions[0]?.DurableConfig?.RetentionPeriodInDays,
      'days of durable executions',
    ),
  };
}

function known(value: number | undefined, what: string): number {
  if (value === undefined) throw new Error(`the template does not tell the ${what}`);
  return value;
}
