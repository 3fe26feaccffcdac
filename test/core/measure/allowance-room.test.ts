import { describe, expect, it } from 'vitest';
import { allowancePressure, roomLeft } from '../../../lib/core/measure/allowance-room.js';
import { anAllowance } from '../../support/an-allowance.js';

describe('roomLeft', () => {
  it.each([
    { available: 100, entries: 300, room: 0.25 },
    { available: 100, entries: 0, room: 1 },
    { available: 0, entries: 100, room: 0 },
    { available: 0, entries: 0, room: 0 },
  ])('is $room of $available beside $entries entries', ({ available, entries, room }) => {
    expect(roomLeft(available, entries)).toBe(room);
  });
});

describe('allowancePressure', () => {
  const allowance = anAllowance();
  const table = { entries: 900, max: 1_000 };

  it.each([
    { exceeded: 0, available: 100, said: undefined },
    { exceeded: 0, available: 99, said: 'is near its end' },
    { exceeded: 1, available: 100_000, said: 'was exceeded since boot' },
    { exceeded: 1, available: undefined, said: 'was exceeded since boot' },
    { exceeded: 0, available: undefined, said: undefined },
  ])('is "$said" with $exceeded exceeded and $available left', ({ exceeded, available, said }) => {
    const facts = { allowance: { ...allowance, exceeded: { conntrack: exceeded } }, table };
    const left = available === undefined ? {} : { allowanceAvailable: available };
    expect(allowancePressure({ ...facts, ...left })).toBe(said);
  });

  it('is none that could be told where there is no table to hold it against', () => {
    expect(allowancePressure({ allowance, allowanceAvailable: 1 })).toBeUndefined();
    expect(allowancePressure({})).toBeUndefined();
  });
});
