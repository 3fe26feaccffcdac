import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../lib/core/judge/severity.js';
import { historyText } from '../../../lib/core/history/history-file.js';
import { readHistory, type HistoryRecords } from '../../../lib/core/history/read-history.js';
import { anAudit, aRecord, aSilentRecord } from '../../support/a-record.js';

/** Records as they were before they were taken apart; fields of the run are left out. */
function joined({ nodes, readings, at }: HistoryRecords) {
  return nodes.map((node, row) => {
    const { run: _, ...reading } = { ...readings[row] } as Record<string, unknown>;
    return { ...reading, ...node, at: at[row] };
  });
}

const at = anAudit().startedAt;
const name = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('"instance_type":"'));
const amount = fc.nat();
const record = fc.record(
  {
    cluster: name,
    node_group: name,
    instance_id: name,
    instance_type: name,
    entries: amount,
    max: fc.integer({ min: 1 }),
    expected_max: amount,
    drops: amount,
    early_drops: amount,
    silent: name,
    severity: fc.constantFrom(...severities),
  },
  { requiredKeys: ['cluster', 'node_group', 'instance_id', 'instance_type'] },
);

describe('reading history', () => {
  it('gives back what was written, whatever nodes are called', () => {
    fc.assert(
      fc.property(fc.array(fc.array(record)), (audits) => {
        for (const nodes of audits) {
          const records = readHistory(historyText(anAudit({ nodes })));
          expect(joined(records)).toEqual(nodes.map((node) => ({ ...node, at })));
        }
      }),
    );
  });

  it('knows nodes again that stand elsewhere, and those that came and went', () => {
    const named = (...ids: string[]) => ids.map((instance_id) => aRecord({ instance_id }));
    for (const nodes of [named('a', 'b', 'c'), named('c', 'a'), named('b', 'd', 'a'), named('a')]) {
      const records = readHistory(historyText(anAudit({ nodes })));
      expect(records.nodes.map((node) => node.instance_id)).toEqual(
        nodes.map((node) => node.instance_id),
      );
    }
  });

  it('does not take a node whose name goes on for another', () => {
    readHistory(historyText(anAudit({ nodes: [aRecord({ instance_type: 'm5.large' })] })));
    const other = aRecord({ instance_type: 'm5.large-like' });
    expect(joined(readHistory(historyText(anAudit({ nodes: [other] }))))).toEqual([
      { ...other, at },
    ]);
  });

  it('takes lines of other programs: other order, blanks, more fields, several audits in one file', () => {
    const nodes = [aRecord(), aSilentRecord({ instance_id: 'i-b' })];
    const lines = [
      JSON.stringify({ ...nodes[0], extra: [1], at: '2026-11-23T08:00:00Z' }),
      '',
      JSON.stringify({ at: '2026-11-23T09:00:00Z', ...nodes[1] }),
    ];
    expect(joined(readHistory(lines.join('\r\n')))).toEqual([
      { ...nodes[0], extra: [1], at: '2026-11-23T08:00:00Z' },
      { ...nodes[1], at: '2026-11-23T09:00:00Z' },
    ]);
  });

  it('takes audits whose files were put together', () => {
    const later = { runId: 'b', startedAt: '2026-11-23T09:00:00.000Z' };
    const text = historyText(anAudit()) + historyText(anAudit(later));
    expect(readHistory(text).at).toEqual([at, later.startedAt]);
  });

  it('takes an empty file for an audit of no nodes', () => {
    expect(readHistory('')).toEqual({ nodes: [], readings: [], at: [] });
  });

  const line = (different: object) => JSON.stringify({ at, ...aRecord(), ...different });
  const sound = line({});

  it.each([
    ['no JSON', '{"at":'],
    ['a list', '[]'],
    ['no time', JSON.stringify(aRecord())],
    ['no cluster', line({ cluster: undefined })],
    ['no node group', line({ node_group: 1 })],
    ['no instance', line({ instance_id: null })],
    ['no instance type', line({ instance_type: undefined })],
    ['words for entries', line({ entries: '7' })],
    ['drops below 0', line({ drops: -1 })],
    ['null for evictions', line({ early_drops: null })],
    ['a limit of 0', line({ max: 0 })],
  ])('fails on a line with %s, and names it', (_, broken) => {
    expect(() => readHistory(`${sound}\n${broken}\n`)).toThrow(
      'line 2 is no record of a node in an audit',
    );
  });

  it.each([
    ['words for entries', aRecord({ entries: '7' as unknown as number })],
    ['a limit of 0', aRecord({ max: 0 })],
  ])('fails on %s among lines that are as we write them', (_, broken) => {
    const text = historyText(anAudit({ nodes: [aRecord(), broken] }));
    expect(() => readHistory(text)).toThrow('line 2 is no record');
  });

  it('fails on a line that was cut', () => {
    const text = historyText(anAudit({ nodes: [aRecord(), aRecord()] }));
    expect(() => readHistory(text.slice(0, -20))).toThrow('line 2 is no record');
  });

  it('fails on a line that holds two records', () => {
    const text = historyText(anAudit({ nodes: [aRecord()] })).replace('"max"', '"x":1},{"max"');
    expect(() => readHistory(text)).toThrow('line 1 is no record');
  });

  it('takes a last line without an end, which is whole', () => {
    expect(readHistory(historyText(anAudit()).trimEnd()).nodes).toHaveLength(1);
  });
});
