import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { isIP } from 'node:net';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import type { DnsOption } from '../core/artefacts/artefact.js';
import { remedies } from '../core/remedies/index.js';
import type { Policy } from '../core/judge/policy.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { nodeOses } from '../core/limit/expected-limit.js';
import { printedJson, printedLines, spaced, strong, type Line } from '../core/render/lines.js';
import { present } from '../core/text/present.js';
import { contextOfCluster, wantedByFinding, type Wanted } from './fix-context.js';
import { filesOf, indexOf, type FixContext, type FixFile } from './fix-files.js';
import { filesOfPlan, indexOfPlan } from './fix-plan.js';
import { modes, usual } from './fix-usual.js';
import { MAX_INT32 } from '../core/limit/limit-fields.js';
import { wholeNumber } from './limit-options.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';
import { writeAllOrNothing } from './write-files.js';

/** `fix`: prints what is ready to apply for a finding of a saved run, or for a remedy. */
export function fixCommand(terminal: Terminal) {
  const command = new Command('fix')
    .description('print what is ready to apply, for a finding or a remedy')
    .argument(
      '[finding|remedy]',
      `rule[/cluster/node group] of a saved run, or ${remedies.map(({ id }) => id).join(', ')}`,
    )
    .option('--from <dir>', 'saved run that fills in what it knows, and whose nodes are weighed')
    .option('--plan', 'the files of the whole plan of the run, in the order of doing')
    .option('--cluster <name>', 'name of the cluster')
    .option('--limit <n>', 'the limit that is wanted', wholeNumber(1, MAX_INT32))
    .addOption(new Option('--os <os>', 'operating system of the nodes').choices(nodeOses))
    .option('--dns-address <ip>', 'ClusterIP of the service kube-dns', ipAddress)
    .option('--dns-options <list>', 'dnsConfig options of the pods: timeout:2,rotate', dnsOptions)
    .option('--domain <domain>', 'domain of the cluster (default: cluster.local)')
    .addOption(new Option('--proxy-mode <mode>', 'mode of kube-proxy').choices(modes))
    .option('-o, --output <dir>', 'write the files and an index; all of them or none');
  return withPolicyOptions(command, 'what the run was judged by')
    .option('--json', 'print the files as JSON')
    .addHelpText('after', help)
    .action(async (name, options) => {
      const { from, output, json, cluster, limit, os, dnsAddress, domain, proxyMode } = options;
      const policyFrom = await policyOverSaved(options);
      const given = present({ cluster, limit, os, dnsAddress, domain, proxyMode });
      const dns = present({ dnsOptions: options.dnsOptions });
      const asked = { from, cluster, policyFrom };
      const { files, index } = await (options.plan === true
        ? filesAsPlanned(name, asked, { ...usual, ...given, ...dns })
        : filesOfOne(name, asked, { ...given, ...dns }));
      if (output !== undefined) {
        const written = await writeAllOrNothing(output, [...files, index]);
        terminal.note(printedLines(written.map((path) => `wrote ${path}`)));
      } else if (json === true) {
        terminal.write(printedJson(files.map(asJson), 2));
      } else terminal.write(printedLines(spaced(files.map(shown)), paintFor(terminal)));
    });
}

const help = `
With -o <dir>: 1-recommended/ is what to do, alternatives/ what may be done in its place, stop-gaps/ what
helps until then, terraform-*/ the same for those who use Terraform, and README.md says what each file is
for. Remedies without files come as a runbook.
Scripts change nothing unless kubectl points at the cluster, and take the change back where they fail.`;

interface Asked {
  readonly from: string | undefined;
  readonly cluster: string | undefined;
  readonly policyFrom: (saved: Policy) => Policy;
}

interface Files {
  readonly files: readonly FixFile[];
  readonly index: FixFile;
}

async function filesOfOne(
  name: string | undefined,
  asked: Asked,
  given: Partial<FixContext>,
): Promise<Files> {
  if (name === undefined) {
    throw new Error('a finding or a remedy is missing; --plan with --from takes the whole plan');
  }
  const wanted = await wantedFrom(name, asked);
  const files = filesOf(wanted, () => ({ ...usual, ...wanted.context, ...given }));
  return { files, index: indexOf(files, name) };
}

async function filesAsPlanned(
  name: string | undefined,
  { from, policyFrom }: Asked,
  given: FixContext,
): Promise<Files> {
  if (name !== undefined) throw new Error(`--plan takes the whole plan, and not '${name}' alone`);
  if (from === undefined) throw new Error('--plan needs --from with the run whose plan it is');
  const run = await judgeSavedRun(await FolderRunStore.open(from), catalogue, policyFrom);
  const files = filesOfPlan(run, given);
  return { files, index: indexOfPlan(run, files) };
}

async function wantedFrom(name: string, { from, cluster, policyFrom }: Asked): Promise<Wanted> {
  const run =
    from === undefined
      ? undefined
      : await judgeSavedRun(await FolderRunStore.open(from), catalogue, policyFrom);
  const ids = remedies.map(({ id }) => id);
  if (ids.includes(name)) {
    const context = run === undefined ? {} : contextOfCluster(run.evidence, cluster);
    return { remedies: [{ id: name }], context };
  }
  if (run !== undefined) return wantedByFinding(run, name);
  throw new Error(
    `'${name}' is not a remedy (${ids.join(', ')}); a finding needs --from with the run that has it`,
  );
}

function asJson({ remedy, place, path, artefact, text }: FixFile) {
  const { file, kind, explains } = artefact;
  return { remedy, place, path, file, kind, explains, text };
}

function shown({ path, artefact, text }: FixFile): Line[] {
  const inside = artefact.kind === 'mime' || artefact.kind === 'markdown';
  const explained = inside ? artefact.explains.map((line) => `  ${line}`) : [];
  return [[strong(`==> ${path}`)], ...explained, ...text.replace(/\n$/, '').split('\n')];
}

function ipAddress(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new InvalidArgumentError(`should be an IP address, got '${text}'`);
}

/** Reads `timeout:2,rotate`. */
function dnsOptions(text: string): DnsOption[] {
  return text.split(',').map((one) => {
    const { name, value } = /^(?<name>[a-z][a-z0-9-]*)(:(?<value>\d+))?$/.exec(one)?.groups ?? {};
    if (name !== undefined) return { name, ...present({ value }) };
    throw new InvalidArgumentError(`should be options such as timeout:2,rotate, got '${one}'`);
  });
}
