import { describe, expect, it } from 'vitest';
import { pluginOutput, standardError, standardOutput } from '../../lib/simulator/ssm-output.js';

const text = (length: number, character = 'o') => Buffer.from(character.repeat(length));
const nothing = Buffer.alloc(0);

const TITLE = '\n----------ERROR-------\n';
const OUTPUT_CUT = '\n---Output truncated---';
const ERROR_CUT = '\n---Error truncated----';

describe('the output of a plugin', () => {
  it('is whole at 2,499 bytes of stdout and cut at 2,500', () => {
    expect(pluginOutput(text(2499), nothing)).toEqual(text(2499));

    const cut = pluginOutput(text(2500), nothing).toString();
    expect(cut).toBe('o'.repeat(2477) + OUTPUT_CUT);
    expect(cut.length).toBe(2500);
  });

  it('pays for the title of stderr too: whole at 2,475 bytes of both, cut at 2,476', () => {
    expect(pluginOutput(text(2470), text(5, 'e')).toString()).toBe(
      `${'o'.repeat(2470)}${TITLE}eeeee`,
    );

    const cut = pluginOutput(text(2471), text(5, 'e')).toString();
    expect(cut).toBe(`${'o'.repeat(2448)}${OUTPUT_CUT}${TITLE}eeeee`);
    expect(cut.length).toBe(2500);
  });

  it('cuts a long stderr when stdout takes at most half, and both when it takes more', () => {
    const half = Math.floor((2500 - TITLE.length) / 2);

    const short = pluginOutput(text(half), text(3000, 'e')).toString();
    expect(short).toBe(`${'o'.repeat(half)}${TITLE}${'e'.repeat(1215)}${ERROR_CUT}`);
    expect(short.length).toBe(2500);

    const each = 1215;
    expect(pluginOutput(text(half + 1), text(3000, 'e')).toString()).toBe(
      `${'o'.repeat(each)}${OUTPUT_CUT}${TITLE}${'e'.repeat(each)}${ERROR_CUT}`,
    );
  });

  it('counts bytes, not characters, and may cut inside one', () => {
    expect(pluginOutput(Buffer.from('é'.repeat(1249)), nothing).length).toBe(2498);

    const cut = pluginOutput(Buffer.from('é'.repeat(1250)), nothing);
    expect(cut.length).toBe(2500);
    expect(cut[2476]).toBe(0xc3);
    expect(cut.subarray(2477).toString()).toBe(OUTPUT_CUT);
  });
});

describe('what GetCommandInvocation returns', () => {
  it.each([
    ['stdout', standardOutput, 24_000],
    ['stderr', standardError, 8000],
  ])('is %s, whole below its limit and with a suffix at it', (_, cut, limit) => {
    expect(cut(text(limit - 1))).toEqual(text(limit - 1));

    expect(cut(text(limit)).toString()).toBe(`${'o'.repeat(limit - 20)}--output truncated--`);
    expect(cut(text(limit + 1)).length).toBe(limit);
  });
});
