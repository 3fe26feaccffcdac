import { describe, expect, it } from 'vitest';
import { lookAgain, watchOption } from '../../lib/cli/watch.js';
import { aTerminal } from '../support/a-terminal.js';

describe('the time between two looks', () => {
  it.each([
    ['1m', 60],
    ['5m', 300],
    ['24h', 86_400],
    ['1d', 86_400],
  ])('may be %s', (text, seconds) => {
    expect(watchOption(text)).toBe(seconds);
  });

  it.each(['0m', '30s', '5', '25h', '2d', '999999999d', ''])('is not %j', (text) => {
    expect(() => watchOption(text)).toThrow(
      `should be a time from 1m to 1d, such as 5m, got '${text}'`,
    );
  });
});

describe('looking again', () => {
  /** Looks as often as the list is long, then ends as a process would. */
  async function watch(...looks: (number | Error)[]) {
    const { terminal, notes } = aTerminal();
    const seen: (number | undefined)[] = [];
    const waits: number[] = [];
    const look = (before: number | undefined) => {
      seen.push(before);
      const next = looks.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? 0);
    };
    const wait = (milliseconds: number) => {
      waits.push(milliseconds);
      return looks.length === 0 ? Promise.reject(new Error('ended')) : Promise.resolve();
    };
    const end = await lookAgain(300, look, terminal, wait).catch((error: unknown) => error);
    return { seen, waits, notes: notes(), end };
  }

  it('gives each look what the one before it gave, and waits between them', async () => {
    const { seen, waits, notes } = await watch(1, 2, 3);
    expect(seen).toEqual([undefined, 1, 2]);
    expect(waits).toEqual([300_000, 300_000, 300_000]);
    expect(notes).toMatch(/^(next look at \d\d:\d\d:\d\d UTC; Ctrl-C ends\n){3}$/);
  });

  it('ends where the first look fails', async () => {
    const { end, waits } = await watch(new Error('no credentials'), 2);
    expect(end).toMatchObject({ message: 'no credentials' });
    expect(waits).toEqual([]);
  });

  it('says that a later look failed, and compares the next with the last that did not', async () => {
    const { seen, notes } = await watch(1, new Error('throttled'), 3);
    expect(seen).toEqual([undefined, 1, 1]);
    expect(notes).toContain('error: throttled\n');
  });
});
