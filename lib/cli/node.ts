import { Command } from '@commander-js/extra-typings';
import { FolderLedger } from '../adapters/folder-ledger.js';
import { MemoryLedger } from '../adapters/memory-ledger.js';
import type { Verdict } from '../core/judge/finding.js';
import { printedJson, printedLines } from '../core/render/lines.js';
import { nodeText, type JudgedRule } from '../core/render/node.js';
import { peopleText } from '../core/render/views.js';
import { present } from '../core/text/present.js';
import { PROGRAM } from '../program.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { untilInterrupted } from './interrupt.js';
import { kubeProxyVersion } from './limit-options.js';
import { judgeNode, type NodeAsked, type NodeLook } from './node-run.js';
import { resolveSettings, withPolicyOptions } from './settings.js';
import { savedChanges } from './show-report.js';
import { paintFor, type Terminal } from './terminal.js';
import { lookAgain, watchOption } from './watch.js';

/** `node`: judges this Linux host, or the one that a support bundle is of, with the same rules. */
export function nodeCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('node')
    .description('judge this Linux host, or a support bundle, with the same probe and rules')
    .option('--bundle <path>', 'support bundle: a .tar.gz, or the folder it was unpacked into')
    .option('--cluster <name>', 'cluster of this node, where its bundle does not say')
    .option('--node-group <name>', 'node group of this node, where its bundle does not say')
    .option('--type <type>', 'instance type, where its bundle does not say: m5.large')
    .option('--kube-proxy <version>', 'kube-proxy version of this node, or none', kubeProxyVersion)
    .option('--ledger <dir>', 'remember this reading here, and judge growth since the last one')
    .option('--watch <time>', 'look again this long after each look, such as 1m', watchOption);
  return withPolicyOptions(command)
    .option('--full', 'print each finding with each remedy that was weighed')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThis host is read as root, in the host’s network namespace. A bundle is read by anybody, anywhere.\nExit status: 0 clean, 1 findings, 2 something could not be judged, 3 error.',
    )
    .action(async (options) => {
      const { bundle, ledger, watch } = options;
      if (bundle === undefined && process.platform !== 'linux') {
        throw new Error(
          `the host should run Linux, got '${process.platform}'; --bundle reads elsewhere`,
        );
      }
      const { policy } = await resolveSettings(options);
      const { cluster, nodeGroup, type: instanceType, kubeProxy } = options;
      const given = present({ cluster, nodeGroup, instanceType, kubeProxy: kubeProxy?.text });
      const ledgers = ledger === undefined ? new MemoryLedger() : new FolderLedger(ledger);
      const asked: NodeAsked = { ...present({ bundle }), given, policy, ledgers };
      if (watch !== undefined) await watched(asked, watch, options, terminal);
      const look = await judgeNode(asked);
      show(look, options, terminal);
      if (ledger !== undefined) terminal.note(printedLines([await savedChanges(look.store)]));
      finish(statusOf(look.verdicts));
    });
}

interface Showing {
  readonly full?: true;
  readonly json?: true;
}

/** Looks until it is ended. */
async function watched(
  asked: NodeAsked,
  seconds: number,
  options: Showing,
  terminal: Terminal,
): Promise<void> {
  if (asked.bundle !== undefined)
    throw new Error('--watch looks at this host; a bundle stays as it is');
  await untilInterrupted(terminal, { goesOn: () => [] }, () =>
    lookAgain(
      seconds,
      async () => {
        const look = await judgeNode(asked);
        terminal.clear();
        show(look, options, terminal);
      },
      terminal,
    ),
  );
}

function show(look: NodeLook, { full, json }: Showing, terminal: Terminal): void {
  const { facts, verdicts, run } = look;
  const { plan, report, cases } = run;
  if (json === true) {
    const { findings, notes = [] } = report;
    terminal.write(printedJson({ facts, verdicts, findings, plan, notes }, 2));
    return;
  }
  const paint = paintFor(terminal);
  terminal.write(nodeText(facts, verdicts, paint));
  const where = { paint, program: PROGRAM, columns: terminal.columns, ascii: terminal.ascii };
  if (cases.length > 0) {
    terminal.write(printedLines(['']));
    terminal.write(peopleText(run, { ...where, view: full === true ? 'full' : 'case' }));
  }
  for (const note of report.notes ?? []) terminal.note(printedLines([note]));
}

function statusOf(verdicts: readonly JudgedRule[]): number {
  const has = (...kinds: Verdict['verdict'][]) =>
    verdicts.some(({ verdict }) => kinds.includes(verdict));
  if (has('finding')) return exitCodes.findings;
  return has('unknown', 'crashed') ? exitCodes.incomplete : exitCodes.clean;
}
