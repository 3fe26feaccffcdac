import fc from 'fast-check';
import { describe, it } from 'vitest';
import { kinds } from './kinds.js';

/** The short form of `npm run fuzz`: the same cases each time. */
const CASES = 40;

describe('hostile input throws nothing, and escapes from no format', () => {
  it.each(kinds.map(({ name, property }) => [name, property] as const))(
    '%s',
    async (_, property) => {
      await fc.assert(property, { seed: 1, numRuns: CASES });
    },
  );
});
