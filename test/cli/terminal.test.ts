import { describe, expect, it } from 'vitest';
import { columnsOf, isUtf8, paintFor, showsColour } from '../../lib/cli/terminal.js';
import { aTerminal } from '../support/a-terminal.js';

describe('paintFor', () => {
  it('adds nothing where stdout is no terminal', () => {
    const { critical, strong } = paintFor(aTerminal().terminal);
    expect(critical('x') + strong('x')).toBe('xx');
  });

  it('colours on a terminal', () => {
    const { critical } = paintFor(aTerminal({ colour: true }).terminal);
    expect(critical('x')).toMatch(/^\u001b\[.*x.*\u001b\[/);
  });
});

describe('showsColour', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
  ])('of %j, where a terminal is %s, is %s', (env, isTerminal, colour) => {
    expect(showsColour(env, isTerminal)).toBe(colour);
  });
});

describe('columnsOf', () => {
  it.each([
    [{ COLUMNS: '80' }, 120, 80],
    [{ COLUMNS: 'many' }, 120, 120],
    [{ COLUMNS: '0' }, 120, 120],
    [{}, 120, 120],
    [{}, undefined, 100],
    [{}, 0, 100],
  ])('of %j on a terminal of %s is %i', (env, ofTerminal, columns) => {
    expect(columnsOf(env, ofTerminal)).toBe(columns);
  });
});

describe('isUtf8', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{}, false],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'de_DE.UTF-8', LANG: 'C' }, true],
  ])('of %j is %s', (env, utf8) => {
    expect(isUtf8(env)).toBe(utf8);
  });
});
