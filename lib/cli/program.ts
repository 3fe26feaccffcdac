import { Command, CommanderError } from '@commander-js/extra-typings';
import { printedText } from '../core/render/lines.js';
import { auditCommand } from './audit.js';
import { versionText } from './commit.js';
import { completionCommand } from './completion.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { errorLine } from './error-line.js';
import { exitCodes } from './exit-codes.js';
import { explainCommand } from './explain.js';
import { fixCommand } from './fix.js';
import { historyCommand } from './history.js';
import { Interrupted } from './interrupt.js';
import { kubeProxyConfigCommand } from './kube-proxy-config.js';
import { limitCommand } from './limit.js';
import { nodeCommand } from './node.js';
import { notifyCommand } from './notify.js';
import { openCommand } from './open.js';
import { optionError } from './option-error.js';
import { planCommand } from './plan.js';
import { reportCommand } from './report.js';
import { simulateCommand } from './simulate.js';
import type { Terminal } from './terminal.js';

/** Runs one command line and gives its exit status. Every failure becomes a line on stderr. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = exitCodes.clean;
  const finish = (exitCode: number) => {
    status = exitCode;
  };
  const commands = [
    auditCommand(terminal, finish),
    reportCommand(terminal, finish),
    openCommand(terminal),
    nodeCommand(terminal, finish),
    limitCommand(terminal.write),
    planCommand(terminal),
    fixCommand(terminal),
    kubeProxyConfigCommand(terminal, finish),
    explainCommand(terminal),
    notifyCommand(terminal),
    historyCommand(terminal),
    doctorCommand(terminal, finish),
    demoCommand(terminal),
    simulateCommand(terminal),
    completionCommand(terminal, () => program),
  ];
  const program = new Command('conntrack-auditor')
    .description('find the EKS nodes that run out of conntrack table before packets drop')
    .version(versionText());
  for (const command of commands) program.addCommand(command as Command);
  for (const command of [program, ...commands]) {
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
