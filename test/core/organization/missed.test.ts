import { describe, expect, it } from 'vitest';
import { missedAudits } from '../../../lib/core/organization/missed.js';
import { aPartRecord } from '../../support/a-part-record.js';

/** Every six hours, with room of an hour and a quarter: due by 13:15 after an audit at 06:00. */
const record = aPartRecord();
const place = { account: '111122223333', region: 'eu-west-1' };

describe('an auditor that fell silent', () => {
  it.each([
    ['2026-11-27T13:15:00.000Z', 0],
    ['2026-11-27T13:15:00.001Z', 1],
  ])('is missed when its cadence and its room are over: at %s', (now, missed) => {
    expect(missedAudits([record], now)).toHaveLength(missed);
  });

  it('is told with its last audit and its cadence', () => {
    expect(missedAudits([record], '2026-11-28T06:00:00.000Z')).toEqual([
      { ...place, name: 'shop-prod', lastAt: record.startedAt, cadenceSeconds: 21_600 },
    ]);
  });

  it('is missed as well if it is expected and never audited', () => {
    const never = { account: '222233334444', region: 'eu-west-1' };
    const now = '2026-11-27T07:00:00.000Z';
    expect(missedAudits([record], now, [place, never])).toEqual([never]);
  });

  it('has nothing to miss if it is expected no more, or promised nothing', () => {
    const now = '2026-12-27T07:00:00.000Z';
    expect(missedAudits([record], now, [])).toEqual([]);
    const { cadenceSeconds: _, ...byHand } = record;
    expect(missedAudits([byHand], now)).toEqual([]);
  });
});
