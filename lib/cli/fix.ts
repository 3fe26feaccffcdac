import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { FolderRunStore } from '../adapters/folder-run-store.js';
import type { Artefact, ArtefactContext } from '../core/artefacts/artefact.js';
import { artefactsFor, needsOf, renderable } from '../core/artefacts/index.js';
import type { Policy } from '../core/judge/policy.js';
import { catalogue } from '../core/run/catalogue.js';
import { judgeSavedRun } from '../core/run/judged-run.js';
import { nodeOses } from '../core/limit/expected-limit.js';
import { present } from '../core/text/present.js';
import { contextOfCluster, wantedByFinding, type Wanted } from './fix-context.js';
import { MAX_INT32, wholeNumber } from './limit-options.js';
import { artefactText } from './print-artefact.js';
import { policyOverSaved, withPolicyOptions } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';

/** What stands where nobody said otherwise. */
const usual: Usual = {
  cluster: '<your cluster>',
  os: 'al2023',
  domain: 'cluster.local',
  proxyMode: 'iptables',
};

type Usual = Pick<ArtefactContext, 'cluster' | 'os' | 'domain' | 'proxyMode'>;

/** The option that fills in a value which an artefact cannot do without. */
const optionOf: Partial<Record<keyof ArtefactContext, string>> = {
  limit: '--limit',
  dnsAddress: '--dns-address',
};

/** `fix`: prints what is ready to apply for a finding of a saved run, or for a remedy. */
export function fixCommand(terminal: Terminal) {
  const command = new Command('fix')
    .description('print what is ready to apply, for a finding or a remedy')
    .argument(
      '<finding|remedy>',
      `rule[/cluster/node group] of a saved run, or ${renderable.join(', ')}`,
    )
    .option('--from <dir>', 'saved run that fills in what it knows')
    .option('--cluster <name>', 'name of the cluster')
    .option('--limit <n>', 'the limit that is wanted', wholeNumber(1, MAX_INT32))
    .addOption(new Option('--os <os>', 'operating system of the nodes').choices(nodeOses))
    .option('--dns-address <ip>', 'ClusterIP of the service kube-dns', ipAddress)
    .option('--domain <domain>', 'domain of the cluster (default: cluster.local)')
    .addOption(
      new Option('--proxy-mode <mode>', 'mode of kube-proxy').choices(['iptables', 'ipvs']),
    )
    .option('-o, --output <dir>', 'write one file for each; nothing is written over');
  return withPolicyOptions(command)
    .option('--json', 'print the files as JSON')
    .action(async (name, options) => {
      const { from, output, json, cluster, limit, os, dnsAddress, domain, proxyMode } = options;
      const policyFrom = await policyOverSaved(options);
      const wanted = await wantedFrom(name, { from, cluster, policyFrom });
      const given = present({ cluster, limit, os, dnsAddress, domain, proxyMode });
      const context = { ...usual, ...wanted.context, ...given };
      const files = wanted.remedies.flatMap((remedy) => make(remedy, context));
      if (output !== undefined) await writeAll(files, output, terminal);
      else if (json === true) terminal.write(`${JSON.stringify(files.map(asJson), null, 2)}\n`);
      else terminal.write(files.map((file) => shown(file, terminal)).join('\n'));
    });
}

interface Asked {
  readonly from: string | undefined;
  readonly cluster: string | undefined;
  readonly policyFrom: (saved: Policy) => Policy;
}

async function wantedFrom(name: string, { from, cluster, policyFrom }: Asked): Promise<Wanted> {
  const run =
    from === undefined
      ? undefined
      : await judgeSavedRun(await FolderRunStore.open(from), catalogue, policyFrom);
  if (renderable.includes(name)) {
    const context = run === undefined ? {} : contextOfCluster(run.evidence, cluster);
    return { remedies: [name], context };
  }
  if (run !== undefined) return wantedByFinding(run, name);
  throw new Error(
    `'${name}' is not a remedy that comes as files (${renderable.join(', ')}); a finding needs --from with the run that has it`,
  );
}

function make(remedy: string, context: Partial<ArtefactContext> & Usual): Artefact[] {
  const missing = needsOf(remedy).filter((need) => context[need] === undefined);
  if (missing.length > 0) {
    const options = missing.map((need) => optionOf[need] ?? need).join(' and ');
    throw new Error(`${remedy} needs ${options}, or --from with a run that tells`);
  }
  return artefactsFor(remedy, { limit: 0, dnsAddress: '', ...context });
}

function asJson(artefact: Artefact) {
  const { file, kind, explains } = artefact;
  return { file, kind, explains, text: artefactText(artefact) };
}

function shown(artefact: Artefact, terminal: Terminal): string {
  const { strong } = paintFor(terminal);
  const inside = artefact.kind === 'mime' || artefact.kind === 'markdown';
  const explained = inside ? artefact.explains.map((line) => `  ${line}\n`).join('') : '';
  return `${strong(`==> ${artefact.file}`)}\n${explained}${artefactText(artefact)}`;
}

/** Fails at the first file that is there already; those before it are named. */
async function writeAll(
  files: readonly Artefact[],
  folder: string,
  terminal: Terminal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    await writeFile(join(folder, file.file), artefactText(file), { flag: 'wx' });
    terminal.note(`wrote ${join(folder, file.file)}\n`);
  }
}

function ipAddress(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new InvalidArgumentError(`should be an IP address, got '${text}'`);
}
