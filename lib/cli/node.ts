import { Command } from '@commander-js/extra-typings';
import { runLocalProbe } from '../adapters/local-node.js';
import type { Verdict } from '../core/judge/finding.js';
import { parseAnswer } from '../core/node/parse/answer.js';
import { evaluate } from '../core/judge/rule.js';
import { rules } from '../core/rules/index.js';
import { printedJson } from '../core/render/lines.js';
import { nodeText, type JudgedRule } from '../core/render/node.js';
import type { NodeFacts } from '../core/node/snapshot.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { kubeProxyVersion } from './limit-options.js';
import { probeFile } from './probe-file.js';
import { resolveSettings, withPolicyOptions } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';

/** `node`: judges this Linux host with the same probe and the same rules. */
export function nodeCommand(terminal: Terminal, finish: Finish) {
  const command = new Command('node')
    .description('judge this Linux host with the same probe and rules')
    .option('--kube-proxy <version>', 'kube-proxy version of this node, or none', kubeProxyVersion);
  return withPolicyOptions(command)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nRun it as root in the host’s network namespace.\nExit status: 0 clean, 1 findings, 2 something could not be judged, 3 error.',
    )
    .action(async ({ kubeProxy, json, ...options }) => {
      if (process.platform !== 'linux') {
        throw new Error(`the host should run Linux, got '${process.platform}'`);
      }
      const { policy } = await resolveSettings(options);
      const facts = await readFacts(kubeProxy?.text);
      const verdicts = rules.map((rule) => ({
        rule: rule.id,
        ...evaluate(rule, { facts }, policy),
      }));
      terminal.write(
        json === true
          ? printedJson({ facts, verdicts }, 2)
          : nodeText(facts, verdicts, paintFor(terminal)),
      );
      finish(statusOf(verdicts));
    });
}

async function readFacts(given: string | undefined): Promise<NodeFacts> {
  const answer = await runLocalProbe(probeFile);
  const facts = parseAnswer(answer);
  if (facts === undefined) throw new Error('the probe gave no answer that can be read');
  if (given === undefined) return facts;
  return { ...facts, kubeProxy: { ...facts.kubeProxyConfig, version: given, source: 'given' } };
}

function statusOf(verdicts: readonly JudgedRule[]): number {
  const has = (...kinds: Verdict['verdict'][]) =>
    verdicts.some(({ verdict }) => kinds.includes(verdict));
  if (has('finding')) return exitCodes.findings;
  return has('unknown', 'crashed') ? exitCodes.incomplete : exitCodes.clean;
}
