import { describe, expect, it } from 'vitest';
import { commands, neededFor } from '../../lib/cli/commands.js';
import { aTerminal } from '../support/a-terminal.js';

const all = Object.keys(commands);

describe('the commands that a command line needs', () => {
  it.each(all.filter((name) => name !== 'completion'))(
    'are %s alone where it begins so',
    (name) => {
      expect(neededFor([name, '--json'])).toEqual([name]);
    },
  );

  it.each([
    ['there is nothing', []],
    ['it asks for help', ['--help']],
    ['it asks for the help of one', ['help', 'limit']],
    ['it is mistyped', ['limt']],
    ['it is a name that every object has', ['constructor']],
    ['it completes', ['completion', 'bash']],
  ])('are all where %s', (_, args) => {
    expect(neededFor(args)).toEqual(all);
  });

  it.each(all)('are made by the name that they have: %s', async (name) => {
    const { terminal } = aTerminal();
    const parts = { terminal, finish: () => undefined, program: () => made };
    const made = await (commands[name] ?? expect.fail())(parts);
    expect(made.name()).toBe(name);
  });
});
