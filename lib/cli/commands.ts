import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Finish } from './finish.js';
import { names, outlineOf } from './outlines.js';
import type { Terminal } from './terminal.js';

/** What commands are made with. */
export interface CommandParts {
  readonly terminal: Terminal;
  readonly finish: Finish;
  /** The program with all of them. */
  readonly program: () => CommandUnknownOpts;
}

/**
 * How each command is made. Its module is loaded with it: a command line that names one loads no client of AWS, and no
 * simulated account, that it does not use.
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

/** Which commands a command line may name, and which of them it may run: the others need only an outline. */
export interface Needed {
  readonly listed: readonly string[];
  readonly run: readonly string[];
}

/** One that begins with a command needs that alone, one that completes needs all, and help and hints list them. */
export function neededFor(args: readonly string[]): Needed {
  const [first = ''] = args;
  if (first === 'completion') return { listed: names, run: names };
  if (names.includes(first)) return { listed: [first], run: [first] };
  return { listed: names, run: names.filter((name) => args.includes(name)) };
}

/** The commands of a command line, those that it does not run as outlines. */
export function commandsFor(
  args: readonly string[],
  parts: CommandParts,
): Promise<CommandUnknownOpts[]> {
  const { listed, run } = neededFor(args);
  return Promise.all(
    listed.map(async (name) => {
      const make = run.includes(name) ? commands[name] : undefined;
      return make === undefined ? outlineOf(name) : make(parts);
    }),
  );
}
