import { expect, it } from 'vitest';
import { prices } from '../../../lib/core/plan/prices.js';
import { remedies } from '../../../lib/core/remedies/index.js';

it('has a price for every remedy, and for no other', () => {
  expect(Object.keys(prices).sort()).toEqual(remedies.map(({ id }) => id).sort());
});
