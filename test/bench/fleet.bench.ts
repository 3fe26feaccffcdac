/**
 * What an audit of a large fleet costs: calls, CPU, memory and bytes written: `npm run bench:fleet`.
 *
 * The built function audits a fake account, twice in one process that has the heap of a Lambda function of 512 MB. The
 * account runs in a process of its own; its records are as large as those of AWS. Nodes have answered before they are
 * asked how far they are, so waits are left out, except with `--buckets`.
 *
 *   npm run bench:fleet -- --nodes 10000 --clusters 40 --groups 4
 *                          --buckets       few calls a second, and real waits
 *                          --latency 60    milliseconds until each answer
 *                          --audits 1      @default 2
 *                          --all           every size, up to 30,000 nodes: takes some minutes
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { auditsOf } from './fleet/processes.js';
import type { Layout } from './fleet/layout.js';
import { tableOf } from './fleet/tables.js';

const quick: readonly Layout[] = [
  { nodes: 100, clusters: 4, groups: 3 },
  { nodes: 1_000, clusters: 10, groups: 4 },
  { nodes: 2_500, clusters: 20, groups: 4 },
];
const large: readonly Layout[] = [
  { nodes: 3_000, clusters: 400, groups: 3 },
  { nodes: 10_000, clusters: 40, groups: 4 },
  { nodes: 30_000, clusters: 120, groups: 4 },
];

const { values } = parseArgs({
  options: {
    nodes: { type: 'string' },
    clusters: { type: 'string', default: '40' },
    groups: { type: 'string', default: '4' },
    audits: { type: 'string', default: '2' },
    latency: { type: 'string', default: '0' },
    buckets: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});

function layouts(): readonly Layout[] {
  if (values.nodes !== undefined) {
    const [nodes, clusters, groups] = [values.nodes, values.clusters, values.groups].map(Number);
    return [{ nodes: nodes ?? 0, clusters: clusters ?? 0, groups: groups ?? 0 }];
  }
  return values.all ? [...quick, ...large] : quick;
}

const build = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
execFileSync(process.execPath, [build, '--lambda-only']);
process.stdout.write(`node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}\n`);
const slowness = { buckets: values.buckets, latency: Number(values.latency) };
for (const layout of layouts()) {
  const audits = await auditsOf(layout, slowness, Number(values.audits));
  process.stdout.write(tableOf(layout, audits, values.buckets));
}
