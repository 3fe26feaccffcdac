import { Help } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { commands, neededFor } from '../../lib/cli/commands.js';
import { outlineOf } from '../../lib/cli/outlines.js';
import { aTerminal } from '../support/a-terminal.js';

const all = Object.keys(commands);

describe('the commands that a command line needs', () => {
  it.each(all.filter((name) => name !== 'completion'))(
    'are %s alone where it begins so',
    (name) => {
      expect(neededFor([name, '--json'])).toEqual({ listed: [name], run: [name] });
    },
  );

  it.each([
    ['there is nothing', []],
    ['it asks for help', ['--help']],
    ['it is mistyped', ['limt']],
    ['it is a name that every object has', ['constructor']],
  ])('are listed, and none is run, where %s', (_, args) => {
    expect(neededFor(args)).toEqual({ listed: all, run: [] });
  });

  it.each([
    ['it asks for the help of one', ['help', 'limit']],
    ['it names one behind the end of options', ['--', 'limit']],
  ])('are listed, and the one is run, where %s', (_, args) => {
    expect(neededFor(args)).toEqual({ listed: all, run: ['limit'] });
  });

  it('are all run where it completes', () => {
    expect(neededFor(['completion', 'bash'])).toEqual({ listed: all, run: all });
  });

  it.each(all)('are listed as they are: %s', async (name) => {
    const { terminal } = aTerminal();
    const parts = { terminal, finish: () => undefined, program: () => made };
    const made = await (commands[name] ?? expect.fail())(parts);
    const outline = outlineOf(name);
    const help = new Help();
    expect(help.subcommandTerm(outline)).toBe(help.subcommandTerm(made));
    expect(outline.description()).toBe(made.description());
    expect(made.name()).toBe(name);
  });
});
