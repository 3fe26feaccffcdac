import type { NodeRecord } from './audit-record.js';
import { HISTORY_PREFIX } from './history-file.js';
import { WORST_NODES } from './worst-nodes.js';

/** A column of the table, in the names and types of Hive. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'bigint';
  readonly comment: string;
}

type ColumnName = keyof NodeRecord | 'run' | 'at';

const described: Readonly<Record<ColumnName, Omit<Column, 'name'>>> = {
  run: { type: 'string', comment: 'id of the audit' },
  at: { type: 'string', comment: 'when the audit began, ISO 8601 in UTC' },
  cluster: { type: 'string', comment: 'EKS cluster' },
  node_group: { type: 'string', comment: 'managed node group, Karpenter pool or group' },
  instance_id: { type: 'string', comment: 'EC2 instance' },
  instance_type: { type: 'string', comment: 'EC2 instance type' },
  entries: { type: 'bigint', comment: 'nf_conntrack_count, null where no table was read' },
  max: { type: 'bigint', comment: 'nf_conntrack_max' },
  expected_max: { type: 'bigint', comment: 'limit that the model expects, null where unknown' },
  drops: { type: 'bigint', comment: 'packets of new flows refused since the audit before' },
  early_drops: { type: 'bigint', comment: 'entries evicted to make room since the audit before' },
  silent: { type: 'string', comment: 'why the node could not be read' },
  severity: { type: 'string', comment: 'the worst finding about the node' },
};

/** The columns of the table of history: a field of each line. */
export const historyColumns: readonly Column[] = Object.entries(described).map(
  ([name, column]) => ({ name, ...column }),
);

const day: Column = { name: 'dt', type: 'string', comment: 'day, yyyy-MM-dd in UTC' };

/** The parts of a file's path, in order. */
export const historyPartitions: readonly Column[] = [
  day,
  { name: 'account', type: 'string', comment: 'AWS account that was audited' },
  { name: 'region', type: 'string', comment: 'AWS Region that was audited' },
];

/**
 * The only partition over an organization, whose accounts nobody can list beforehand: Athena reads all that is
 * below a day, and the path of a file says the rest.
 */
export const organizationPartitions: readonly Column[] = [day];

/** No auditor kept history before this day. */
const FIRST_DAY = '2026-11-01';

export const historyTable = {
  name: 'nodes',
  serde: 'org.openx.data.jsonserde.JsonSerDe',
  input: 'org.apache.hadoop.mapred.TextInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
} as const;

/** Where history lies, and whose it is. */
export interface HistoryPlace {
  readonly bucket: string;
  /** Joined by commas if one bucket gathers the histories of several. */
  readonly account: string;
  readonly region: string;
}

/**
 * Lets Athena derive the partitions by itself: nobody has to crawl, and a new day is there with its
 * first file.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projection({ bucket, account, region }: HistoryPlace): Record<string, string> {
  return {
    ...byDay,
    'projection.account.type': 'enum',
    'projection.account.values': account,
    'projection.region.type': 'enum',
    'projection.region.values': region,
    'storage.location.template': locationTemplate(bucket, historyPartitions),
  };
}

/** The same over all accounts and Regions that keep history in this bucket. */
export function organizationProjection(bucket: string): Record<string, string> {
  return {
    ...byDay,
    'storage.location.template': locationTemplate(bucket, organizationPartitions),
  };
}

const byDay = {
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': `${FIRST_DAY},NOW`,
  'projection.dt.interval': '1',
  'projection.dt.interval.unit': 'DAYS',
};

function locationTemplate(bucket: string, partitions: readonly Column[]): string {
  const folders = partitions.map(({ name }) => `${name}=\${${name}}/`).join('');
  return `s3://${bucket}/${HISTORY_PREFIX}${folders}`;
}

/** The same table as a statement, for a central catalogue that our stack did not make. */
export function createTable(database: string, place: HistoryPlace): string {
  const { name, serde, input, output } = historyTable;
  const columns = (of: readonly Column[]) =>
    of.map((one) => `  \`${one.name}\` ${one.type} COMMENT '${one.comment}'`).join(',\n');
  const properties = Object.entries(projection(place)).map(([key, is]) => `  '${key}' = '${is}'`);
  return `CREATE EXTERNAL TABLE IF NOT EXISTS \`${database}\`.\`${name}\` (
${columns(historyColumns)}
)
PARTITIONED BY (
${columns(historyPartitions)}
)
ROW FORMAT SERDE '${serde}'
STORED AS INPUTFORMAT '${input}'
  OUTPUTFORMAT '${output}'
LOCATION 's3://${place.bucket}/${HISTORY_PREFIX}'
TBLPROPERTIES (
${properties.join(',\n')}
)`;
}

/** A query that Athena keeps for people to run and to change. */
export interface SavedQuery {
  /** Stable: it names the query among the resources of a stack. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Today and the six days before it. */
const LAST_WEEK = `dt > date_format(current_date - interval '7' day, '%Y-%m-%d')`;

/** The questions of the `history` command in the words of Athena, about the last week. */
export function savedQueries(database: string): readonly SavedQuery[] {
  const table = `"${database}"."${historyTable.name}"`;
  return [worst(table), limits(table), drops(table)];
}

/** The same questions over an organization, whose clusters are named `<account>/<Region>/<cluster>`. */
export function organizationQueries(database: string): readonly SavedQuery[] {
  const others = historyColumns
    .filter(({ name }) => name !== 'cluster')
    .map(({ name }) => `"${name}"`);
  const place = String.raw`regexp_extract("$path", 'account=(\d{12})/region=([a-z0-9-]+)', `;
  const table = `(
    SELECT dt, ${others.join(', ')},
      ${place}1) || '/' || ${place}2) || '/' || cluster AS cluster
    FROM "${database}"."${historyTable.name}"
  )`;
  return [worst(table), limits(table), drops(table)];
}

function worst(table: string): SavedQuery {
  return {
    id: 'WorstNodes',
    name: 'conntrack: worst nodes of a week',
    description: 'Nodes that refused the most flows, then those whose table was fullest',
    sql: `WITH readings AS (
  SELECT *, CAST(entries AS double) / "max" AS usage
  FROM ${table}
  WHERE ${LAST_WEEK}
)
SELECT
  cluster,
  node_group,
  instance_id,
  max(instance_type) AS instance_type,
  coalesce(sum(drops), 0) AS packets_dropped,
  max(usage) AS peak_usage,
  avg(usage) AS mean_usage,
  max_by(entries, usage) AS entries,
  max_by("max", usage) AS "max",
  max_by("at", usage) AS peak_at,
  count(usage) AS readings,
  count(silent) AS silent
FROM readings
GROUP BY cluster, node_group, instance_id
HAVING count(usage) > 0
ORDER BY packets_dropped DESC, peak_usage DESC, instance_id
LIMIT ${WORST_NODES}`,
  };
}

function limits(table: string): SavedQuery {
  return {
    id: 'LimitChanges',
    name: 'conntrack: limit changes of a week',
    description: 'When the limit of nodes became another, by node group, the newest first',
    sql: `WITH readings AS (
  SELECT
    "at",
    cluster,
    node_group,
    instance_id,
    lag("max") OVER (PARTITION BY instance_id ORDER BY "at") AS was,
    "max",
    expected_max
  FROM ${table}
  WHERE ${LAST_WEEK} AND "max" IS NOT NULL
)
SELECT
  "at",
  cluster,
  node_group,
  was,
  "max",
  expected_max,
  count(*) AS nodes,
  array_agg(instance_id ORDER BY instance_id) AS instance_ids
FROM readings
WHERE "max" <> was
GROUP BY "at", cluster, node_group, was, "max", expected_max
ORDER BY "at" DESC, nodes DESC, cluster, node_group`,
  };
}

function drops(table: string): SavedQuery {
  return {
    id: 'DropsByGroup',
    name: 'conntrack: drops by node group in a week',
    description: 'Packets of new flows refused and entries evicted, the most first',
    sql: `SELECT
  cluster,
  node_group,
  coalesce(sum(drops), 0) AS packets_dropped,
  coalesce(sum(early_drops), 0) AS entries_evicted,
  count(DISTINCT CASE WHEN drops > 0 THEN instance_id END) AS dropping_nodes,
  count(DISTINCT instance_id) AS nodes,
  min(CASE WHEN drops > 0 THEN "at" END) AS first_drop,
  max(CASE WHEN drops > 0 THEN "at" END) AS last_drop
FROM ${table}
WHERE ${LAST_WEEK}
GROUP BY cluster, node_group
HAVING sum(drops) > 0 OR sum(early_drops) > 0
ORDER BY packets_dropped DESC, entries_evicted DESC, cluster, node_group`,
  };
}
