import { describe, expect, it } from 'vitest';
import { inParts } from '../../../lib/core/run/in-parts.js';

const change = (id: string) => ({ id });
const parts = [[change('a'), change('b')], [change('c')], [change('d')]];

/** A channel that fails at the request that begins with this change, and takes no `b` for good. */
function channel(failing: string) {
  const asked: string[] = [];
  return {
    asked,
    send: (part: readonly { readonly id: string }[]) => {
      asked.push(part.map(({ id }) => id).join(''));
      if (part[0]?.id === failing) return Promise.reject(new Error('no network'));
      const refused = part.filter(({ id }) => id === 'b');
      return Promise.resolve(refused.map(({ id }) => ({ id, why: 'malformed', forGood: true })));
    },
  };
}

const left = (id: string) => ({ id, why: 'no network', forGood: false });
const malformed = { id: 'b', why: 'malformed', forGood: true };

describe('changes told in parts', () => {
  it('are all told, but for those that the channel refuses', async () => {
    const { asked, send } = channel('none');
    expect(await inParts(parts, send)).toEqual([malformed]);
    expect(asked).toEqual(['ab', 'c', 'd']);
  });

  it('are left from the part on that fails, which is the last that is sent', async () => {
    const { asked, send } = channel('c');
    expect(await inParts(parts, send)).toEqual([malformed, left('c'), left('d')]);
    expect(asked).toEqual(['ab', 'c']);
  });

  it('fail with the first part', async () => {
    await expect(inParts(parts, channel('a').send)).rejects.toThrow('no network');
  });

  it('are left with the first part where others were told before', async () => {
    const untaken = await inParts(parts, channel('a').send, false);
    expect(untaken).toEqual(['a', 'b', 'c', 'd'].map(left));
  });
});
