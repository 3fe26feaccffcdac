import { describe, expect, it } from 'vitest';
import { lostRaces, refusedForRoom } from '../../../lib/core/measure/drop-causes.js';

describe('the causes of drops', () => {
  it.each([
    { about: 'nothing', counters: {}, room: 0, races: 0 },
    { about: 'a full table', counters: { drop: 1_000 }, room: 1_000, races: 0 },
    { about: 'a race', counters: { drop: 7, insert_failed: 7 }, room: 0, races: 7 },
    { about: 'a long chain', counters: { insert_failed: 5, chainlength: 5 }, room: 0, races: 0 },
    {
      about: 'a full table with long chains',
      counters: { drop: 5, insert_failed: 5, chainlength: 5 },
      room: 5,
      races: 0,
    },
    {
      about: 'a race beside long chains',
      counters: { drop: 5, insert_failed: 9, chainlength: 4 },
      room: 0,
      races: 5,
    },
    { about: 'entries that died', counters: { insert_failed: 3 }, room: 0, races: 0 },
    { about: 'more chains than inserts', counters: { drop: 1, chainlength: 2 }, room: 1, races: 0 },
  ])('tell $about apart', ({ counters, room, races }) => {
    expect({ room: refusedForRoom(counters), races: lostRaces(counters) }).toEqual({ room, races });
  });

  it.each([
    { drop: 100, insert_failed: 50, races: 50 },
    { drop: 101, insert_failed: 50, races: 0 },
    { drop: 50, insert_failed: 100, races: 50 },
    { drop: 50, insert_failed: 101, races: 0 },
  ])('see $races races in $drop drops and $insert_failed failed inserts', (counters) => {
    expect(lostRaces(counters)).toBe(counters.races);
  });
});
