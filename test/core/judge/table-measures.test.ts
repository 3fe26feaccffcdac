import { describe, expect, it } from 'vitest';
import { shareMeasures, tableMeasures } from '../../../lib/core/judge/table-measures.js';

describe('the measures of a table', () => {
  it('are its two numbers and their ratio, and no more', () => {
    expect(tableMeasures({ entries: 250, max: 1_000, buckets: 64 })).toEqual({
      entries: 250,
      max: 1_000,
      usage: 0.25,
    });
  });

  it('are 0 for an empty table, and none for one that was not read', () => {
    expect(tableMeasures({ entries: 0, max: 8 })).toEqual({ entries: 0, max: 8, usage: 0 });
    expect(tableMeasures(undefined)).toEqual({});
  });
});

describe('the measures of a share', () => {
  it('stand under its name, with the margin of a sample', () => {
    expect(shareMeasures('dnsShare', { share: 0.5, margin: 0.01 })).toEqual({
      dnsShare: 0.5,
      shareMargin: 0.01,
    });
  });

  it('have no margin where the whole table was counted', () => {
    expect(shareMeasures('waitingShare', { share: 0, margin: 0 })).toEqual({ waitingShare: 0 });
  });

  it('are none where no entry was listed', () => {
    expect(shareMeasures('unrepliedShare', undefined)).toEqual({});
  });
});
