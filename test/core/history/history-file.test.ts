import { describe, expect, it } from 'vitest';
import { historyKey, historyText } from '../../../lib/core/history/history-file.js';
import { anAudit, aRecord, aSilentRecord } from '../../support/a-record.js';

describe('the key of an audit in history', () => {
  it('holds the day it began, the account, the Region and the run', () => {
    expect(historyKey(anAudit(), '111122223333')).toBe(
      'history/dt=2026-11-23/account=111122223333/region=eu-west-1/20261123T080000Z.ndjson.gz',
    );
  });

  it.each(['2026-11-23', '23.11.2026', 'T08:00:00Z', ''])(
    'fails when the audit began at %j',
    (startedAt) => {
      expect(() => historyKey(anAudit({ startedAt }), '111122223333')).toThrow(
        `an audit should have begun at a time of ISO 8601, got '${startedAt}'`,
      );
    },
  );

  it.each([
    ['a run', { runId: '../../runs/x' }, '111122223333'],
    ['a Region', { region: 'eu/../x' }, '111122223333'],
    ['an account', {}, '1/../x'],
  ])('fails when %s would leave history', (_, different, account) => {
    expect(() => historyKey(anAudit(different), account)).toThrow('a key of a run should be');
  });
});

describe('the text of an audit in history', () => {
  it('is one line of JSON for each node, the run first', () => {
    const text = historyText(anAudit({ nodes: [aRecord(), aSilentRecord({ cluster: 'b\n"é' })] }));
    expect(text).toBe(
      [
        '{"run":"20261123T080000Z","at":"2026-11-23T08:00:00.000Z","cluster":"example","node_group":"workers","instance_id":"i-0000000000000000a","instance_type":"m5.large","entries":65536,"max":131072,"drops":0,"early_drops":0}',
        '{"run":"20261123T080000Z","at":"2026-11-23T08:00:00.000Z","cluster":"b\\n\\"é","node_group":"workers","instance_id":"i-0000000000000000a","instance_type":"m5.large","silent":"timed-out"}',
        '',
      ].join('\n'),
    );
  });

  it('is empty where no node was discovered', () => {
    expect(historyText(anAudit({ nodes: [] }))).toBe('');
  });
});
