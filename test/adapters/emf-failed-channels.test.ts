import { describe, expect, it } from 'vitest';
import { failedChannelsLine } from '../../lib/adapters/emf-failed-channels.js';

describe('the line about failed channels', () => {
  const line = failedChannelsLine({
    functionName: 'auditor',
    runId: 'run-1',
    at: '2026-11-23T08:00:00.000Z',
    failed: { topic: 'access denied', events: 'no route\nto host' },
  });

  it('is one line that CloudWatch takes for a metric of the function', () => {
    expect(line).not.toContain('\n');
    const {
      _aws,
      Function: name,
      FailedChannels: value,
    } = JSON.parse(line) as Record<string, unknown>;
    expect({ name, value }).toEqual({ name: 'auditor', value: 2 });
    expect(_aws).toEqual({
      Timestamp: Date.parse('2026-11-23T08:00:00.000Z'),
      CloudWatchMetrics: [
        {
          Namespace: 'ConntrackAuditor',
          Dimensions: [['Function']],
          Metrics: [{ Name: 'FailedChannels', Unit: 'Count' }],
        },
      ],
    });
  });

  it('says why, for whoever reads the log', () => {
    expect(JSON.parse(line)).toMatchObject({ runId: 'run-1', failed: { topic: 'access denied' } });
  });
});
