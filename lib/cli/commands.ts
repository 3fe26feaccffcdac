import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Finish } from './finish.js';
import type { Terminal } from './terminal.js';

/** What commands are made with. */
export interface CommandParts {
  readonly terminal: Terminal;
  readonly finish: Finish;
  /** The program with all of them. */
  readonly program: () => CommandUnknownOpts;
}

/**
 * How each command is made, in the order of the help. Its module is loaded with it: a command line that names one loads
 * no client of AWS, and no simulated account, that it does not use.
 */
export const commands: Readonly<
  Record<string, (parts: CommandParts) => Promise<CommandUnknownOpts>>
> = {
  audit: async ({ terminal, finish }) =>
    plain((await import('./audit.js')).auditCommand(terminal, finish)),
  report: async ({ terminal, finish }) =>
    plain((await import('./report.js')).reportCommand(terminal, finish)),
  open: async ({ terminal }) => plain((await import('./open.js')).openCommand(terminal)),
  node: async ({ terminal, finish }) =>
    plain((await import('./node.js')).nodeCommand(terminal, finish)),
  collect: async ({ terminal }) => plain((await import('./collect.js')).collectCommand(terminal)),
  limit: async ({ terminal }) => plain((await import('./limit.js')).limitCommand(terminal.write)),
  plan: async ({ terminal }) => plain((await import('./plan.js')).planCommand(terminal)),
  fix: async ({ terminal }) => plain((await import('./fix.js')).fixCommand(terminal)),
  'kube-proxy-config': async ({ terminal, finish }) =>
    plain((await import('./kube-proxy-config.js')).kubeProxyConfigCommand(terminal, finish)),
  explain: async ({ terminal }) => plain((await import('./explain.js')).explainCommand(terminal)),
  notify: async ({ terminal }) => plain((await import('./notify.js')).notifyCommand(terminal)),
  history: async ({ terminal }) => plain((await import('./history.js')).historyCommand(terminal)),
  mcp: async ({ terminal }) => plain((await import('./mcp.js')).mcpCommand(terminal)),
  doctor: async ({ terminal, finish }) =>
    plain((await import('./doctor.js')).doctorCommand(terminal, finish)),
  demo: async ({ terminal }) => plain((await import('./demo.js')).demoCommand(terminal)),
  simulate: async ({ terminal }) =>
    plain((await import('./simulate.js')).simulateCommand(terminal)),
  completion: async ({ terminal, program }) =>
    plain((await import('./completion.js')).completionCommand(terminal, program)),
};

/** A command as one of any options. */
function plain(command: unknown): CommandUnknownOpts {
  return command as CommandUnknownOpts;
}

/** The commands that a command line needs: the one that it begins with, or all for help, for hints and to complete. */
export function neededFor([first = '']: readonly string[]): readonly string[] {
  const isOne = Object.hasOwn(commands, first) && first !== 'completion';
  return isOne ? [first] : Object.keys(commands);
}
