import type { Report, Unjudged } from '../../judge/report.js';
import type { FactName } from '../../node/snapshot.js';
import { plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { cut } from '../cut.js';
import { hanging, strong, type Line } from '../lines.js';

/** A missing fact in people's words. */
interface Words {
  readonly what: string;
  readonly todo: string;
}

const unlisted: Words = {
  what: 'what fills the table was not listed',
  todo: 'install conntrack-tools there',
};
const ofEc2: Words = {
  what: 'what EC2 counts was not told',
  todo: 'needs ethtool, and ENA 2.8.1 or newer',
};
const ofKubeProxy: Words = {
  what: 'kube-proxy’s configuration was not seen',
  todo: 'compare its ConfigMap',
};
const ofTheTable: Words = {
  what: 'there was no table to read',
  todo: 'look whether nf_conntrack is loaded there',
};
const ofTheHost: Words = {
  what: 'the kernel or the host told too little',
  todo: 'run the command node there, as root',
};

const factWords: Partial<Record<FactName, Words>> = {
  makeup: unlisted,
  allowance: ofEc2,
  allowanceAvailable: ofEc2,
  vpcTracking: ofEc2,
  kubeProxy: ofKubeProxy,
  kubeProxyConfig: ofKubeProxy,
  table: ofTheTable,
  hash: ofTheHost,
  counters: ofTheHost,
  timeouts: ofTheHost,
  memory: ofTheHost,
  vcpus: ofTheHost,
  kernel: ofTheHost,
  os: ofTheHost,
};

/** What rules had no opinion on, by what was missing, and what would give them one. */
export function unjudgedBlock({ unjudged }: Report): Line[] {
  if (unjudged.length === 0) return [];
  const crashed = unjudged.filter(({ verdict }) => verdict === 'crashed');
  const unknown = unjudged.filter(({ verdict }) => verdict === 'unknown');
  const alike = groupBy(unknown, (one) => wordsOf(one).what);
  return [
    [strong('Not judged')],
    ...crashed.map(({ rule, because, nodes }) =>
      hanging(
        lead(nodes),
        `the rule ${rule} crashed, which is a fault of this program: ${cut(because, 200)}`,
      ),
    ),
    ...[...alike.values()].flatMap(missingLine),
  ];
}

function missingLine(all: readonly Unjudged[]): Line[] {
  const [first] = all;
  if (first === undefined) return [];
  const { what, todo } = wordsOf(first);
  const nodes = [...new Set(all.flatMap((one) => one.nodes))];
  const rules = new Set(all.map(({ rule }) => rule)).size;
  return [hanging(lead(nodes), `${what}: ${opinions(rules)}; ${todo}`)];
}

function wordsOf({ missing, because }: Unjudged): Words {
  const words = missing.flatMap((fact) => factWords[fact] ?? []);
  return words[0] ?? { what: cut(because, 200), todo: '--full names the rules' };
}

function opinions(rules: number): string {
  return `no opinion by ${plural(rules, 'rule')}`;
}

function lead(nodes: readonly string[]): string {
  return `${plural(nodes.length, 'node').padStart(10)}  `;
}
