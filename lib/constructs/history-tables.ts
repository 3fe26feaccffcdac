import { Aws, Names } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  type Column,
  createTable,
  historyColumns,
  historyPartitions,
  historyTable,
  organizationPartitions,
  organizationProjection,
  organizationQueries,
  projection,
  savedQueries,
  type SavedQuery,
} from '../core/history/athena.js';
import { HISTORY_PREFIX } from '../core/history/history-file.js';

/** Properties for `HistoryTables`. */
export interface HistoryTablesProps {
  /** The bucket with `history/`. Results of queries go to its `athena/`. */
  readonly bucket: IBucket;
  /** Whose history it is: of the account and Region of the stack, or of all that keep it there. */
  readonly over?: 'account' | 'organization';
}

/** Athena writes results of queries under this prefix of the bucket. */
export const QUERY_RESULTS_PREFIX = 'athena/';

/**
 * Bytes that one query may read: 10 GB, which cost about 0.05 USD in Athena. A house choice: a year of
 * 10,000 nodes every hour is 2 GB.
 */
const SCAN_LIMIT = 10_000_000_000;

/**
 * Lets Athena answer questions about history: a table over the bucket, saved queries, and a workgroup
 * that limits what a query may read. It costs nothing until somebody asks.
 */
export class HistoryTables extends Construct {
  /** Name of the Glue database. */
  readonly databaseName: string;
  /** Name of the workgroup that has the saved queries. */
  readonly workGroupName: string;

  constructor(scope: Construct, id: string, { bucket, over = 'account' }: HistoryTablesProps) {
    super(scope, id);
    // Glue and Athena generate no names, and two auditors may live in one account and Region.
    const unique = Names.uniqueResourceName(this, { maxLength: 100, separator: '_' }).toLowerCase();
    this.databaseName = unique;
    this.workGroupName = unique.replaceAll('_', '-');
    const place = { bucket: bucket.bucketName, account: Aws.ACCOUNT_ID, region: Aws.REGION };

    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: this.databaseName, description: 'History of the conntrack auditor' },
    });
    const table =
      over === 'account'
        ? this.table(place.bucket, historyPartitions, projection(place))
        : this.table(place.bucket, organizationPartitions, organizationProjection(place.bucket));
    table.addResourceDependency(database);
    const workGroup = this.workGroup(bucket);
    const queries =
      over === 'account'
        ? [...savedQueries(this.databaseName), elsewhere(createTable(this.databaseName, place))]
        : organizationQueries(this.databaseName);
    for (const { id: queryId, name, description, sql } of queries) {
      new CfnNamedQuery(this, queryId, {
        database: this.databaseName,
        name,
        description,
        queryString: sql,
        workGroup: this.workGroupName,
      }).addResourceDependency(workGroup);
    }
  }

  private table(
    bucketName: string,
    partitions: readonly Column[],
    projected: Readonly<Record<string, string>>,
  ): CfnTable {
    const { name, serde, input, output } = historyTable;
    return new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.databaseName,
      tableInput: {
        name,
        description: 'One row for each node in each audit',
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', classification: 'json', ...projected },
        partitionKeys: [...partitions],
        storageDescriptor: {
          columns: [...historyColumns],
          location: `s3://${bucketName}/${HISTORY_PREFIX}`,
          inputFormat: input,
          outputFormat: output,
          serdeInfo: { serializationLibrary: serde },
        },
      },
    });
  }

  private workGroup(bucket: IBucket): CfnWorkGroup {
    const key = bucket.encryptionKey?.keyArn;
    return new CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroupName,
      description: 'Questions about the history of the conntrack auditor',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        bytesScannedCutoffPerQuery: SCAN_LIMIT,
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${QUERY_RESULTS_PREFIX}`,
          expectedBucketOwner: bucket.env.account,
          encryptionConfiguration:
            key === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: key },
        },
      },
    });
  }
}

function elsewhere(sql: string): SavedQuery {
  return {
    id: 'CreateTable',
    name: 'conntrack: create the table elsewhere',
    description:
      'For one catalogue over several accounts: name its database, the bucket that gathers history/, and every account and Region in it',
    sql,
  };
}
