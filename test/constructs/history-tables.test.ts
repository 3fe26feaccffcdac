import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HistoryTables } from '../../lib/constructs/history-tables.js';
import { historyKey } from '../../lib/core/history/history-file.js';
import { anAudit } from '../support/a-record.js';
import { sqlParsers } from '../support/sql-parsers.js';
import { cdkContext } from '../support/synth-auditor.js';

function tables(props: BucketProps | ((stack: Stack) => BucketProps) = {}, app?: App) {
  const stack = new Stack(app ?? new App({ context: cdkContext }), 'Test');
  const given = typeof props === 'function' ? props(stack) : props;
  // The assertion bridges aws-cdk-lib, which is not written for exactOptionalPropertyTypes.
  const bucket = new Bucket(stack, 'Bucket', given) as IBucket;
  return { stack, tables: new HistoryTables(stack, 'History', { bucket }) };
}

/** A resolved text with references in angle brackets. */
function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join_ } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return Ref === undefined ? (join_?.[1] ?? []).map(spelled).join('') : `<${Ref}>`;
}

interface Resource {
  readonly DependsOn?: readonly string[];
  readonly Properties: Record<string, unknown>;
}

const { stack, tables: history } = tables();
const template = Template.fromStack(stack);

function only(type: string): Record<string, unknown> {
  const [found, ...others] = Object.values(template.findResources(type)) as Resource[];
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return found.Properties;
}

interface TableInput {
  readonly Name: string;
  readonly Parameters: Record<string, unknown>;
  readonly PartitionKeys: readonly { readonly Name: string }[];
  readonly StorageDescriptor: { readonly Location: unknown };
}

describe('the table over history', () => {
  const input = only('AWS::Glue::Table')['TableInput'] as TableInput;

  it('finds the very keys under which audits are recorded', () => {
    const template = spelled(input.Parameters['storage.location.template']);
    const key = historyKey(anAudit(), '111122223333');
    const folder = template
      .replace('${dt}', '2026-11-23')
      .replace('${account}', '111122223333')
      .replace('${region}', 'eu-west-1');
    expect(folder).toMatch(/^s3:\/\/<Bucket[^>]*>\//);
    expect(key.startsWith(folder.replace(/^s3:\/\/[^/]*\//, ''))).toBe(true);
    expect(folder.endsWith('/')).toBe(true);
    expect(spelled(input.StorageDescriptor.Location)).toMatch(/>\/history\/$/);
  });

  it('holds this account and Region, with every partition that the path names', () => {
    expect(input.PartitionKeys.map(({ Name }) => Name)).toEqual(['dt', 'account', 'region']);
    expect(input.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.account.values': { Ref: 'AWS::AccountId' },
      'projection.region.values': { Ref: 'AWS::Region' },
    });
  });

  it('is read as gzipped lines of JSON', () => {
    expect(input).toMatchObject({
      Name: 'nodes',
      TableType: 'EXTERNAL_TABLE',
      StorageDescriptor: {
        InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    });
  });

  it('is made after its database, and queries after their workgroup', () => {
    const [database = ''] = Object.keys(template.findResources('AWS::Glue::Database'));
    const [workGroup = ''] = Object.keys(template.findResources('AWS::Athena::WorkGroup'));
    template.hasResource('AWS::Glue::Table', { DependsOn: [database] });
    template.allResources('AWS::Athena::NamedQuery', { DependsOn: [workGroup] });
  });

  it('is in a database and a workgroup that no second auditor has', () => {
    const again = new HistoryTables(stack, 'Second', {
      bucket: Bucket.fromBucketName(stack, 'Other', 'other'),
    });
    expect(again.databaseName).not.toBe(history.databaseName);
    expect(history.databaseName).toMatch(/^[a-z0-9_]{1,100}$/);
    expect(history.workGroupName).toMatch(/^[a-z0-9-]{1,100}$/);
    expect(only('AWS::Glue::Database')['DatabaseInput']).toMatchObject({
      Name: history.databaseName,
    });
  });
});

describe('the workgroup', () => {
  const configuration = only('AWS::Athena::WorkGroup')['WorkGroupConfiguration'];

  it('bounds what a query reads, whatever its client asks for', () => {
    expect(configuration).toMatchObject({
      BytesScannedCutoffPerQuery: 10_000_000_000,
      EnforceWorkGroupConfiguration: true,
    });
  });

  it('keeps results in the bucket of the runs, encrypted, apart from history', () => {
    const { ResultConfiguration } = configuration as Record<string, Record<string, unknown>>;
    expect(spelled(ResultConfiguration?.['OutputLocation'])).toMatch(
      /^s3:\/\/<Bucket.*>\/athena\/$/,
    );
    expect(ResultConfiguration).toMatchObject({
      EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      ExpectedBucketOwner: { Ref: 'AWS::AccountId' },
    });
  });

  it('encrypts results with the key of the bucket, where it has one', () => {
    const keyed = tables((scope) => ({ encryptionKey: new Key(scope, 'Key') }));
    Template.fromStack(keyed.stack).hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        ResultConfiguration: {
          EncryptionConfiguration: {
            EncryptionOption: 'SSE_KMS',
            KmsKey: { 'Fn::GetAtt': Match.anyValue() },
          },
        },
      },
    });
  });
});

describe('the saved queries', () => {
  const queries = Object.values(template.findResources('AWS::Athena::NamedQuery')) as Resource[];
  const named = queries.map(({ Properties }) => Properties as Record<string, string>);

  it('are the three questions, and how to make the table elsewhere', () => {
    expect(named.map(({ Name }) => Name).sort()).toEqual([
      'conntrack: create the table elsewhere',
      'conntrack: drops by node group in a week',
      'conntrack: limit changes of a week',
      'conntrack: worst nodes of a week',
    ]);
    for (const { Database, WorkGroup } of named) {
      expect([Database, WorkGroup]).toEqual([history.databaseName, history.workGroupName]);
    }
  });

  it('are understood by the grammars of Trino and Hive as they are deployed', async () => {
    const { trino, hive } = await sqlParsers();
    for (const { Name, QueryString } of named) {
      const sql = spelled(QueryString);
      const faults = sql.startsWith('CREATE') ? hive(sql) : trino(sql);
      expect([Name, faults]).toEqual([Name, []]);
    }
  });
});

describe('everything about history', () => {
  it('passes cdk-nag and says nothing else', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'conntrack-auditor-nag-'));
    onTestFinished(() => {
      rmSync(outdir, { recursive: true });
    });
    const app = new App({ outdir, context: cdkContext });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const checked = new Stack(app, 'Test');
    const bucket = Bucket.fromBucketName(checked, 'Runs', 'runs');
    new HistoryTables(checked, 'History', { bucket });
    app.synth();
    const report: unknown = JSON.parse(
      readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
    );
    expect(report).toMatchObject({ pluginReports: [] });
  });
});
