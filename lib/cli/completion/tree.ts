import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { known } from './known.js';

/** What stands behind an option, or as an argument. */
export type Takes =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  /** Something that nobody can guess. */
  | { readonly kind: 'text' };

export interface OptionLeaf {
  /** `-o`, `--output`. */
  readonly names: readonly string[];
  readonly about: string;
  /** Absent: nothing stands behind it. */
  readonly takes?: Takes;
}

export interface CommandLeaf {
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionLeaf[];
  /** Absent: it has no argument. */
  readonly argument?: Takes;
}

/** What there is to complete. */
export interface Tree {
  readonly program: string;
  readonly options: readonly OptionLeaf[];
  readonly commands: readonly CommandLeaf[];
}

const HELP: OptionLeaf = { names: ['-h', '--help'], about: 'display help for command' };

/** Reads the commands of a program, of which each is one word. */
export function treeOf(program: CommandUnknownOpts): Tree {
  return {
    program: program.name(),
    options: optionsOf(program),
    commands: program.commands.map((command) => {
      const [argument] = command.registeredArguments;
      const leaf = {
        name: command.name(),
        about: firstLine(command.description()),
        options: optionsOf(command),
      };
      if (argument === undefined) return leaf;
      const { argChoices } = argument;
      return { ...leaf, argument: takes(command.name(), argument.name(), argChoices) };
    }),
  };
}

function optionsOf(command: CommandUnknownOpts): OptionLeaf[] {
  const options = command.options.map((option) => {
    const { short, long, argChoices, flags } = option;
    const names = [short, long].filter((name) => name !== undefined);
    const leaf = { names, about: firstLine(option.description) };
    const [, placeholder] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
    if (placeholder === undefined) return leaf;
    return { ...leaf, takes: takes(long ?? '', placeholder, argChoices) };
  });
  return [...options, HELP];
}

/** `owner`: the option, or the command of an argument. */
function takes(owner: string, placeholder: string, choices: readonly string[] | undefined): Takes {
  const words = choices ?? known[owner];
  if (words !== undefined) return { kind: 'words', words };
  return { kind: /^(dir|file)$/.test(placeholder) ? 'files' : 'text' };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
