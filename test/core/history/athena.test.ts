import { describe, expect, it } from 'vitest';
import { historyText } from '../../../lib/core/history/history-file.js';
import {
  createTable,
  historyColumns,
  historyPartitions,
  projection,
  savedQueries,
} from '../../../lib/core/history/athena.js';
import { anAudit, aRecord } from '../../support/a-record.js';
import { sqlParsers } from '../../support/sql-parsers.js';

const place = { bucket: 'runs-bucket', account: '111122223333', region: 'eu-west-1' };
const queries = savedQueries('auditor_history');
const ddl = createTable('auditor_history', place);

const { trino, hive } = await sqlParsers();

describe('the table of history', () => {
  it('has a column for every field of a line, and no other', () => {
    const full = aRecord({ expected_max: 1, silent: 'failed', severity: 'notice' });
    const line = JSON.parse(historyText(anAudit({ nodes: [full] }))) as object;
    expect(historyColumns.map(({ name }) => name).sort()).toEqual(Object.keys(line).sort());
  });

  it('has the type of each field', () => {
    const full = aRecord({ expected_max: 1, silent: 'failed', severity: 'notice' });
    for (const [name, value] of Object.entries(full)) {
      const { type } = historyColumns.find((column) => column.name === name) ?? {};
      expect([name, type]).toEqual([name, typeof value === 'number' ? 'bigint' : 'string']);
    }
  });

  it('finds partitions where the files are', () => {
    const properties = projection(place);
    expect(properties['storage.location.template']).toBe(
      's3://runs-bucket/history/dt=${dt}/account=${account}/region=${region}/',
    );
    for (const { name } of historyPartitions) {
      expect(properties).toHaveProperty([`projection.${name}.type`]);
    }
    expect(properties).toMatchObject({
      'projection.enabled': 'true',
      'projection.dt.range': '2026-11-01,NOW',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.account.values': '111122223333',
      'projection.region.values': 'eu-west-1',
    });
  });

  it('is created by a statement that Hive parses', () => {
    expect(hive(ddl)).toEqual([]);
    expect(hive(ddl.replace('STORED AS', 'STORED'))).not.toEqual([]);
    expect(ddl).toContain("LOCATION 's3://runs-bucket/history/'");
  });

  it('puts nothing into the statement that would end one of its texts', () => {
    const comments = [...historyColumns, ...historyPartitions].map(({ comment }) => comment);
    expect(comments.join('')).not.toMatch(/['\\;]/);
  });
});

describe('saved queries', () => {
  it.each(queries.map((query) => [query.id, query] as const))(
    '%s is one that Trino parses, whole',
    (_, { sql }) => {
      expect(trino(sql)).toEqual([]);
      for (const broken of [sql.replace('SELECT', 'SELEC'), sql.replace(/\bBY\b/, '')]) {
        expect(trino(broken)).not.toEqual([]);
      }
    },
  );

  it.each(queries.map(({ id, sql }) => [id, sql] as const))(
    '%s reads the last seven days and no other partition',
    (_, sql) => {
      expect(sql).toContain('FROM "auditor_history"."nodes"\n');
      expect(sql.match(/dt > date_format\(current_date - interval '7' day, '%Y-%m-%d'\)/g)).toEqual(
        [expect.any(String)],
      );
    },
  );

  it.each(queries.map(({ id, sql }) => [id, sql] as const))(
    '%s writes names in quotes where Athena has another meaning for them',
    (_, sql) => {
      const names = sql.replace(/"[^"]*"/g, '');
      expect(names).not.toMatch(/\bat\b|\bmax\b(?!\()/);
    },
  );

  it('answers the three questions that the command answers', () => {
    expect(queries.map(({ id, name }) => [id, name])).toEqual([
      ['WorstNodes', 'conntrack: worst nodes of a week'],
      ['LimitChanges', 'conntrack: limit changes of a week'],
      ['DropsByGroup', 'conntrack: drops by node group in a week'],
    ]);
  });
});
