import { Argument, Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { printedText } from '../core/render/lines.js';
import { bashScript } from './completion/bash.js';
import { fishScript } from './completion/fish.js';
import { treeOf, type Tree } from './completion/tree.js';
import { zshScript } from './completion/zsh.js';
import type { Terminal } from './terminal.js';

const shells = ['bash', 'zsh', 'fish'] as const;

const scripts: Readonly<Record<(typeof shells)[number], (tree: Tree) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `completion`: prints what a shell needs to complete the commands of this program. */
export function completionCommand(terminal: Terminal, program: () => CommandUnknownOpts) {
  return new Command('completion')
    .description('print the script that completes commands, options and their words')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', HELP)
    .action((shell) => {
      terminal.write(printedText(scripts[shell](treeOf(program()))));
    });
}

const HELP = `
bash: source <(conntrack-auditor completion bash)
zsh:  source <(conntrack-auditor completion zsh)
fish: conntrack-auditor completion fish | source`;
