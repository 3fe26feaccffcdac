import { describe, expect, it } from 'vitest';
import { partKey, readPartRecord } from '../../../lib/core/organization/part-file.js';
import { partRecordOf } from '../../../lib/core/organization/part-record.js';
import { aPartRecord } from '../../support/a-part-record.js';
import { theDemo } from '../../support/demo-run.js';
import { judgedRun } from '../../../lib/core/run/judged-run.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';

const record = aPartRecord();
const key = 'audits/111122223333/eu-west-1.json';

describe('the record of an audit', () => {
  it('has a key below its own account', () => {
    expect(partKey({ account: '111122223333', region: 'eu-west-1' })).toBe(key);
  });

  it('is read as it was written', () => {
    expect(readPartRecord(JSON.stringify(record), key)).toEqual(record);
  });

  it('may hold what a newer program added', () => {
    expect(readPartRecord(JSON.stringify({ ...record, weather: 'fine' }), key)).toEqual(record);
  });

  it.each([
    ['account', { account: { id: '222233334444' } }],
    ['Region', { region: 'eu-west-2' }],
  ])('is refused if it speaks for another %s', (_, different) => {
    const text = JSON.stringify({ ...record, ...different });
    expect(() => readPartRecord(text, key)).toThrow('should be of this account and Region');
  });

  it.each([
    ['{', 'JSON'],
    ['[]', key],
    [JSON.stringify({ ...record, schemaVersion: 2 }), "'schemaVersion'"],
    [
      JSON.stringify({ ...record, nodes: { discovered: -1, read: 0, silent: 0 } }),
      "'nodes.discovered'",
    ],
  ])('is refused if it is none: %s', (text, says) => {
    expect(() => readPartRecord(text, key)).toThrow(says);
  });

  it('is made of a judged run, small and readable again', async () => {
    const { evidence, policy } = await theDemo();
    const run = judgedRun(evidence, {}, catalogue, policy);
    const account = { id: '111122223333' };
    const made = partRecordOf(
      { ...run, report: { ...run.report, region: 'eu-west-1' } },
      { account, location: 'run', cadenceSeconds: 3_600 },
    );
    const { nodes, cases, moreCases, actions } = made;
    expect(nodes).toEqual(run.report.nodes);
    expect([cases.length, cases.length + moreCases]).toEqual([10, run.cases.length]);
    expect(actions[0]?.settles.critical).toBeGreaterThan(0);
    const text = JSON.stringify(made);
    expect(text.length).toBeLessThan(12_000);
    expect(readPartRecord(text, key)).toEqual(JSON.parse(text));
  });
});
