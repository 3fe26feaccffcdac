import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { text as textOf } from 'node:stream/consumers';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { configurationOf, patchOf } from './kube-proxy-config/config-map.js';
import { edited, holds } from './kube-proxy-config/edit.js';
import { readWanted, type Wanted } from './kube-proxy-config/wanted.js';
import { printedText, type Printed } from '../core/render/lines.js';
import { errorLine } from './error-line.js';
import type { Terminal } from './terminal.js';

const prints = ['patch', 'undo', 'before', 'after'] as const;
type Print = (typeof prints)[number];

/**
 * `kube-proxy-config`: makes the patch by which the scripts of `fix` change kube-proxy's configuration. It
 * asks no cluster: the ConfigMap comes by stdin, and what is not understood is refused.
 */
export function kubeProxyConfigCommand(
  terminal: Terminal,
  finish: Finish,
  input: () => Promise<string> = () => textOf(process.stdin),
) {
  return new Command('kube-proxy-config')
    .description('make the patch that changes the conntrack block of kube-proxy’s ConfigMap')
    .requiredOption('--set <name=value>', 'such as conntrack.min=524288 (again for more)', setting)
    .addOption(
      new Option('--print <what>', 'the patch, its undo, or the configuration before or after')
        .choices(prints)
        .default('patch' as const),
    )
    .option('--check', 'print nothing; exit status 1 unless the ConfigMap holds these values')
    .addHelpText('after', help)
    .action(async ({ set, print, check }) => {
      const printed = await input();
      try {
        const config = configurationOf(printed);
        if (check === true) refuseUnlessHeld(config, set);
        else terminal.write(answers[print](config, edited(config, set)));
      } catch (error) {
        terminal.note(errorLine(error));
        finish(exitCodes.findings);
      }
    });
}

const help = `
The ConfigMap comes by stdin, and nothing is changed:
  kubectl -n kube-system get configmap kube-proxy-config -o json |
    conntrack-auditor kube-proxy-config --set conntrack.min=524288 > patch.json
  kubectl -n kube-system patch configmap kube-proxy-config --type=json --patch-file patch.json
Exit status: 0 done, 1 the ConfigMap is not understood or, with --check, does not hold the values, 3 bad arguments.`;

const answers: Readonly<Record<Print, (before: string, after: string) => Printed>> = {
  patch: (before, after) => patchOf(before, after),
  undo: (before, after) => patchOf(after, before),
  // People read these two, in the difference that a script shows: what is hidden in them becomes visible.
  before: (before) => printedText(withNewline(before)),
  after: (_before, after) => printedText(withNewline(after)),
};

function refuseUnlessHeld(config: string, wanted: Wanted): void {
  if (holds(config, wanted)) return;
  const values = [...wanted].map(([name, value]) => `conntrack.${name}=${value}`);
  throw new Error(`the ConfigMap does not hold ${values.join(' and ')}`);
}

function setting(text: string, before: Wanted = new Map()): Wanted {
  try {
    const { name, value } = readWanted(text);
    if (before.has(name)) throw new Error(`conntrack.${name} is set twice`);
    return new Map([...before, [name, value]]);
  } catch (error) {
    throw new InvalidArgumentError(`${error instanceof Error ? error.message : String(error)}.`);
  }
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
