import { Command, CommanderError } from '@commander-js/extra-typings';
import { printedText } from '../core/render/lines.js';
import { commandsFor } from './commands.js';
import { versionText } from './commit.js';
import { errorLine } from './error-line.js';
import { exitCodes } from './exit-codes.js';
import { Interrupted } from './interrupt.js';
import { optionError } from './option-error.js';
import type { Terminal } from './terminal.js';

/** Runs one command line and gives its exit status. Every failure becomes a line on stderr. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = exitCodes.clean;
  const finish = (exitCode: number) => {
    status = exitCode;
  };
  const program = new Command('conntrack-auditor')
    .description('find the EKS nodes that run out of conntrack table before packets drop')
    .version(versionText());
  const parts = { terminal, finish, program: () => program };
  const all = await commandsFor(args, parts);
  for (const command of all) program.addCommand(command);
  for (const command of [program, ...all]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        terminal.write(printedText(text));
      },
      writeErr: (text) => {
        terminal.note(printedText(text));
      },
      outputError: (line) => {
        terminal.note(optionError(line));
      },
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version "fail" with status 0; everything else is a wrong command line.
      return error.exitCode === 0 ? exitCodes.clean : exitCodes.error;
    }
    if (error instanceof Interrupted) return exitCodes.interrupted;
    terminal.note(errorLine(error));
    return exitCodes.error;
  }
}
