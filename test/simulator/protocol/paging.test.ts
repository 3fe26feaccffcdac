import { describe, expect, it } from 'vitest';
import { page } from '../../../lib/simulator/protocol/paging.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';

const invalid = () => new ServiceError('InvalidNextToken', 'not one of ours');

describe('page', () => {
  it('has a token while there is more, and none on the last page', () => {
    expect(page([1, 2, 3], 2, undefined, invalid).nextToken).toBeDefined();
    expect(page([1, 2, 3], 3, undefined, invalid)).toEqual({ items: [1, 2, 3] });
    expect(page([1, 2, 3], 4, undefined, invalid)).toEqual({ items: [1, 2, 3] });
  });

  it('goes on where the page before ended', () => {
    const { nextToken } = page([1, 2, 3], 2, undefined, invalid);
    expect(page([1, 2, 3], 2, nextToken, invalid)).toEqual({ items: [3] });
  });

  it('is empty for an empty list', () => {
    expect(page([], 5, undefined, invalid)).toEqual({ items: [] });
  });

  it.each(['', 'x', Buffer.from('offset:3').toString('base64')])(
    'refuses the token %o',
    (token) => {
      expect(() => page([1, 2, 3], 2, token, invalid)).toThrow('not one of ours');
    },
  );
});
