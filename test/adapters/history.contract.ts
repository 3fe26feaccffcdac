import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../lib/core/history/audit-record.js';
import { historyText } from '../../lib/core/history/history-file.js';
import type { Recorder } from '../../lib/core/run/ports.js';
import { anAudit, aRecord, aSilentRecord } from '../support/a-record.js';

/** A place for history that nobody else uses, looked at from outside. */
export interface Opened {
  /** Keeps what it is told under account 111122223333. */
  readonly recorder: Recorder;
  /** Unpacked text of every file, by key. */
  files(): Promise<Record<string, string>>;
}

const KEY =
  'history/dt=2026-11-23/account=111122223333/region=eu-west-1/20261123T080000Z.ndjson.gz';

/** What everything that keeps history keeps to. */
export function historyContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps history`, () => {
    let opened: Opened;

    beforeEach(async () => {
      opened = await open();
    });

    const record = (audit: AuditRecord) => opened.recorder.record(audit);

    it('in one gzipped file for each audit, a line for each node', async () => {
      const audit = anAudit({
        nodes: [aRecord(), aSilentRecord({ cluster: 'é \u{1F525} "quoted"\n' })],
      });
      await record(audit);
      expect(await opened.files()).toEqual({ [KEY]: historyText(audit) });
    });

    it('once, where the same run is recorded twice, as it was recorded last', async () => {
      await record(anAudit({ nodes: Array.from({ length: 500 }, () => aRecord()) }));
      const again = anAudit({ nodes: [aRecord({ entries: 1 })] });
      await record(again);
      expect(await opened.files()).toEqual({ [KEY]: historyText(again) });
    });

    it('apart by day, Region and run', async () => {
      for (const different of [
        {},
        { startedAt: '2026-11-24T00:00:00.000Z' },
        { region: 'us-east-1' },
        { runId: 'other' },
      ]) {
        await record(anAudit(different));
      }
      expect(Object.keys(await opened.files()).sort()).toEqual([
        KEY,
        KEY.replace('20261123T080000Z', 'other'),
        KEY.replace('eu-west-1', 'us-east-1'),
        KEY.replace('11-23', '11-24'),
      ]);
    });

    it('of an audit that discovered nothing', async () => {
      await record(anAudit({ nodes: [] }));
      expect(await opened.files()).toEqual({ [KEY]: '' });
    });

    it('and fails when the name of a run would leave it', async () => {
      await expect(record(anAudit({ runId: '../../../../runs/x' }))).rejects.toThrow('../runs/x');
      expect(await opened.files()).toEqual({});
    });
  });
}
