import { describe, expect, it } from 'vitest';
import { EmfRecorder } from '../../lib/adapters/emf-recorder.js';
import type { AuditRecord, NodeRecord } from '../../lib/core/history/audit-record.js';

type Line = Record<string, unknown> & {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
};

let ids = 0;

function aNodeRecord(over: Partial<NodeRecord> = {}): NodeRecord {
  ids += 1;
  return {
    cluster: 'prod',
    node_group: 'blue',
    instance_id: `i-${ids}`,
    instance_type: 't3.large',
    entries: 10,
    max: 100,
    ...over,
  };
}

function silent(over: Partial<NodeRecord> = {}): NodeRecord {
  const { entries, max, ...node } = aNodeRecord({ silent: 'ssm-offline', ...over });
  return node;
}

async function written(nodes: readonly NodeRecord[], clusters = ['prod']): Promise<Line[]> {
  const lines: Line[] = [];
  const record: AuditRecord = {
    runId: 'run-7',
    startedAt: '2026-11-24T10:00:00.000Z',
    region: 'eu-west-1',
    clusters,
    nodes,
  };
  const recorder = new EmfRecorder((line) => {
    expect(line).not.toContain('\n');
    lines.push(JSON.parse(line) as Line);
  });
  await recorder.record(record);
  return lines;
}

/** The only line about one cluster whose nodes these are. */
async function ofCluster(nodes: readonly NodeRecord[]): Promise<Line> {
  const [line, ...more] = await written(nodes);
  if (line === undefined) throw new Error('no line for the cluster');
  expect(more).toEqual([]);
  return line;
}

/** All values of a metric, whichever lines they are in. */
const valuesOf = (lines: readonly Line[], name: string) =>
  lines.flatMap((line) => (line[name] ?? []) as number[]);

const names = (line: Line) => line._aws.CloudWatchMetrics[0]?.Metrics.map(({ Name }) => Name);

/**
 * What the published schema and the text of the specification demand.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function expectToKeepTheSpecification(line: Line): void {
  expect(Object.keys(line._aws).sort()).toEqual(['CloudWatchMetrics', 'Timestamp']);
  expect(Number.isInteger(line._aws.Timestamp)).toBe(true);
  for (const directive of line._aws.CloudWatchMetrics) {
    expect(Object.keys(directive).sort()).toEqual(['Dimensions', 'Metrics', 'Namespace']);
    expect(directive.Namespace).toMatch(/^[^:].{0,254}$/);
    expect(directive.Dimensions.length).toBeGreaterThanOrEqual(1);
    for (const set of directive.Dimensions) {
      expect(set.length).toBeLessThanOrEqual(30);
      for (const key of set) {
        expect(key).toMatch(/^.{1,250}$/);
        expect(line[key]).toMatch(/^[ -~]{1,1024}$/);
      }
    }
    expect(directive.Metrics.length).toBeLessThanOrEqual(100);
    for (const metric of directive.Metrics) {
      expect(Object.keys(metric).sort()).toEqual(['Name', 'Unit']);
      expect(metric.Name).toMatch(/^.{1,255}$/);
      expect(metric.Unit).toMatch(/^(Percent|Count|None)$/);
      const values = line[metric.Name] as number[];
      expect(values.length).toBeGreaterThanOrEqual(1);
      expect(values.length).toBeLessThanOrEqual(100);
      expect(values.every((value) => Number.isFinite(value))).toBe(true);
    }
  }
}

describe('EmfRecorder', () => {
  it('writes one line for each cluster, with a value for each node', async () => {
    const nodes = [
      aNodeRecord({ entries: 90, drops: 3, severity: 'critical' }),
      aNodeRecord({ entries: 20 }),
      silent({ cluster: 'dev', severity: 'warning' }),
    ];
    const [prod, dev, ...more] = await written(nodes, ['prod', 'dev']);
    expect(prod).toEqual({
      _aws: {
        Timestamp: Date.parse('2026-11-24T10:00:00.000Z'),
        CloudWatchMetrics: [
          {
            Namespace: 'ConntrackAuditor',
            Dimensions: [['Cluster']],
            Metrics: [
              { Name: 'Usage', Unit: 'Percent' },
              { Name: 'Condition', Unit: 'None' },
              { Name: 'Drops', Unit: 'Count' },
            ],
          },
        ],
      },
      Cluster: 'prod',
      Usage: [90, 20],
      Condition: [3, 0],
      Drops: [3],
      runId: 'run-7',
      region: 'eu-west-1',
    });
    expect(dev).toMatchObject({ Cluster: 'dev', Condition: [4] });
    expect(more).toEqual([]);
  });

  it('keeps the specification of the embedded metric format in every line', async () => {
    const clusters = Array.from({ length: 30 }, (_, n) => `cluster-${n}`);
    const nodes = clusters.flatMap((cluster, n) =>
      n % 3 === 0 ? [] : [aNodeRecord({ cluster, drops: n }), silent({ cluster })],
    );
    const lines = await written(nodes, clusters);
    expect(lines).toHaveLength(20);
    for (const line of lines) expectToKeepTheSpecification(line);
  });

  it('writes nothing about a cluster without nodes', async () => {
    expect(await written([])).toEqual([]);
  });

  it.each([
    [100, [100]],
    [101, [100, 1]],
    [1_000, Array.from({ length: 10 }, () => 100)],
  ])(
    'writes %i nodes as lines of %j values, of one time and no further dimension',
    async (count, sizes) => {
      const nodes = Array.from({ length: count }, (_, n) =>
        aNodeRecord({ entries: n, max: count, severity: 'notice' }),
      );
      const lines = await written(nodes);
      expect(lines.map(({ Condition }) => (Condition as number[]).length)).toEqual(sizes);
      expect(lines.map(({ Usage }) => (Usage as number[]).length)).toEqual(sizes);
      expect(new Set(lines.map(({ _aws }) => _aws.Timestamp)).size).toBe(1);
      for (const line of lines) {
        expectToKeepTheSpecification(line);
        expect(line._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([['Cluster']]);
      }
      expect(valuesOf(lines, 'Usage').at(-1)).toBe(
        Math.round((10_000 * (count - 1)) / count) / 100,
      );
    },
  );

  it('keeps a line of 100 nodes short, far below what a log event may hold', async () => {
    const nodes = Array.from({ length: 100 }, (_, n) =>
      aNodeRecord({ entries: 100_000 + n, max: 131_072, severity: 'critical', drops: 1e9 }),
    );
    const [line] = await written(nodes);
    expect(JSON.stringify(line).length).toBeLessThan(1_500);
  });

  it.each([
    [1, 3, 33.33],
    [2, 3, 66.67],
    [0, 100, 0],
    // A lowered limit drains.
    [150, 100, 150],
  ])('says that %i entries of %i are %d percent', async (entries, max, usage) => {
    expect(await ofCluster([aNodeRecord({ entries, max })])).toMatchObject({ Usage: [usage] });
  });

  it('has no usage where no table was read, and says so in no metric either', async () => {
    const line = await ofCluster([silent()]);
    expect(line).not.toHaveProperty('Usage');
    expect(names(line)).toEqual(['Condition']);
    const { entries, max, ...withoutTable } = aNodeRecord({ severity: 'notice' });
    expect(names(await ofCluster([withoutTable]))).toEqual(['Condition']);
  });

  it('says of each node how bad it is, and of a silent one nothing else', async () => {
    const nodes = [
      aNodeRecord(),
      aNodeRecord({ severity: 'notice' }),
      aNodeRecord({ severity: 'warning' }),
      aNodeRecord({ severity: 'critical' }),
      silent(),
      silent({ severity: 'critical' }),
    ];
    expect(await ofCluster(nodes)).toMatchObject({ Condition: [0, 1, 2, 3, 4, 4] });
  });

  it('writes no condition of a cluster in which every node is fine, as each metric costs', async () => {
    expect(names(await ofCluster([aNodeRecord(), aNodeRecord()]))).toEqual(['Usage']);
    expect(await ofCluster([aNodeRecord(), silent()])).toMatchObject({ Condition: [0, 4] });
    const { entries, max, ...nothing } = aNodeRecord();
    expect(await written([nothing])).toEqual([]);
  });

  it('adds up the drops that are known, and writes none where there were none', async () => {
    expect(await ofCluster([aNodeRecord()])).not.toHaveProperty('Drops');
    expect(await ofCluster([aNodeRecord({ drops: 0 })])).not.toHaveProperty('Drops');
    const some = [aNodeRecord({ drops: 2 }), aNodeRecord(), aNodeRecord({ drops: 40 })];
    expect(await ofCluster(some)).toMatchObject({ Drops: [42] });
  });

  it('has the drops of a cluster once, however many lines it has', async () => {
    const nodes = Array.from({ length: 250 }, () => aNodeRecord({ drops: 2 }));
    const lines = await written([...nodes, aNodeRecord({ cluster: 'dev', drops: 7 })]);
    expect(lines).toHaveLength(3);
    expect(valuesOf(lines, 'Drops')).toEqual([500]);
  });
});
