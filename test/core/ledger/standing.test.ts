import { describe, expect, it } from 'vitest';
import { standings, type Standing } from '../../../lib/core/ledger/standing.js';

const now: Standing = { key: 'a', text: 'told at once', toldIn: 1 };
const later: Standing = { key: 'b', text: 'told if it stays', toldIn: 2 };

/** What three audits in a row tell by themselves. */
function newsOf(...audits: readonly (readonly Standing[])[]): string[][] {
  let before = {};
  return audits.map((all) => {
    const { counts, news } = standings(all, before);
    before = counts;
    return [...news];
  });
}

describe('what stands', () => {
  it('is told once, at once or in the second audit', () => {
    expect(newsOf([now, later], [now, later], [now, later])).toEqual([
      ['told at once'],
      ['told if it stays'],
      [],
    ]);
  });

  it('is told again when it was over in between', () => {
    expect(newsOf([now], [], [now])).toEqual([['told at once'], [], ['told at once']]);
  });

  it('is never told if it passes each time', () => {
    expect(newsOf([later], [], [later], [])).toEqual([[], [], [], []]);
  });

  it('is known after it was told, and not before', () => {
    const { counts } = standings([now, later]);
    expect(standings([now, later]).known).toEqual([]);
    expect(standings([now, later], counts)).toMatchObject({
      news: ['told if it stays'],
      known: ['told at once'],
    });
  });

  it('is forgotten when it is over', () => {
    expect(standings([later], { a: 3, b: 1 }).counts).toEqual({ b: 2 });
  });
});
