import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { auditEnv, readEnv } from '../../lib/env.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { builtHandlerDirectory } from '../../lib/constructs/audit-function.js';
import { synthAuditor } from '../support/synth-auditor.js';

describe('the audit function', () => {
  const { template } = synthAuditor();

  it('runs on Node 24 and ARM64 for up to 15 minutes, under a generated name', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 900,
      FunctionName: Match.absent(),
    });
  });

  it('is durable unless told otherwise', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'audit.durable',
      DurableConfig: { ExecutionTimeout: 3600, RetentionPeriodInDays: 3 },
    });
    const inline = synthAuditor({ durable: false }).template;
    inline.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'audit.inline',
      DurableConfig: Match.absent(),
    });
  });

  it('has exactly the variables that the handler reads, none of them empty', () => {
    const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
    const { Variables } = (fn as { Properties: { Environment: { Variables: object } } }).Properties
      .Environment;
    expect(Object.keys(Variables).sort()).toEqual(Object.keys(auditEnv.entries).sort());
    expect(Object.values(Variables)).not.toContain('');
  });

  it('reads what its construct tells it', () => {
    const [fn] = Object.values(
      synthAuditor({ thresholds: { warningUsage: 0.6 }, metrics: false }).template.findResources(
        'AWS::Lambda::Function',
      ),
    );
    const { Variables } = (
      fn as { Properties: { Environment: { Variables: Record<string, unknown> } } }
    ).Properties.Environment;
    const texts = Object.entries(Variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : 'resolved in the deployment',
    ]);
    expect(readEnv(auditEnv, Object.fromEntries(texts) as Record<string, string>)).toMatchObject({
      CLUSTER_GLOBS: { include: [], exclude: [] },
      POLICY: { ...defaultPolicy, warningUsage: 0.6 },
      MUTES: [],
      EVENTS: true,
      SECURITY_HUB: false,
      METRICS: false,
    });
  });

  it('is told which clusters and which thresholds', () => {
    const chosen = synthAuditor({
      clusters: { include: ['prod-*'], exclude: ['prod-test'] },
      thresholds: { warningUsage: 0.6 },
    }).template;
    chosen.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          CLUSTER_GLOBS: '{"include":["prod-*"],"exclude":["prod-test"]}',
          POLICY: '{"warningUsage":0.6}',
        },
      },
    });
  });

  it('tells events and metrics, and nothing to Security Hub, unless told otherwise', () => {
    const variables = (Variables: object) => ({ Environment: { Variables } });
    template.hasResourceProperties(
      'AWS::Lambda::Function',
      variables({
        MUTES: '[]',
        EVENTS: 'true',
        SECURITY_HUB: 'false',
        METRICS: 'true',
        ACCOUNT_ID: { Ref: 'AWS::AccountId' },
        PARTITION: { Ref: 'AWS::Partition' },
      }),
    );
    const mute = { rule: 'hot-node', until: '2026-12-01', reason: 'known' };
    const chosen = { silences: [mute], events: false, securityHub: true };
    synthAuditor(chosen).template.hasResourceProperties(
      'AWS::Lambda::Function',
      variables({
        MUTES: JSON.stringify([{ ...mute, until: '2026-12-01T00:00:00.000Z' }]),
        EVENTS: 'false',
        SECURITY_HUB: 'true',
        METRICS: 'true',
      }),
    );
  });

  it('writes no metrics when told so', () => {
    synthAuditor({ metrics: false }).template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { EVENTS: 'true', SECURITY_HUB: 'false', METRICS: 'false' } },
    });
  });

  it('is told the name of the dashboard, or that there is none', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const { DashboardName } = (dashboard as { Properties: { DashboardName: unknown } }).Properties;
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { DASHBOARD: DashboardName } },
    });
    synthAuditor({ metrics: false }).template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { DASHBOARD: 'none' } },
    });
  });

  it('keeps its log for three months, or as long as it is told', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    synthAuditor({ logRetention: RetentionDays.ONE_WEEK }).template.hasResourceProperties(
      'AWS::Logs::LogGroup',
      { RetentionInDays: 7 },
    );
  });

  it('sends what it gave up to the dead-letter queue', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      DeadLetterConfig: {
        TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] },
      },
    });
  });

  it('keeps the versions that an audit may still be running on', () => {
    template.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain' });
  });

  it('is found where the build puts it, or the build is asked for', () => {
    const found = () => {
      try {
        return builtHandlerDirectory();
      } catch (error) {
        return String(error);
      }
    };
    expect(found()).toMatch(/dist[/\\]lambda$|run npm run build:lambda$/);
  });
});
