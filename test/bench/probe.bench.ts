/**
 * What the probe costs a node, beside the ways in which people count entries by hand: `npm run bench:probe`.
 *
 * Needs Linux, root, and the packages that the kernel suite needs. All three read the same real entries, in
 * a network namespace of its own, in turns; figures are medians, and ratios are what should be compared.
 */
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import { shareOf } from '../../lib/core/measure/share.js';
import { fillTable, type Filled } from './fill-table.js';
import { cost, peakKiB, type Cost } from './measure.js';
import { PROBE } from '../support/probe.js';

const SIZES = [0, 10_000, 100_000, 250_000];
const ROUNDS = 7;
/** The pause between two readings is left out: it sleeps. */
const environment = { ...process.env, CONNTRACK_PROBE_PAUSE: '0' };

const byHand = `conntrack -L -o extended | awk '{ for (i = 5; i <= NF; i++) if (index($i, "src=") == 1) { sources[$i]++; break } if (index($0, "dport=53 ")) dns++; protocols[$3]++ } END { print NR, dns }'`;
const commands = {
  probe: `sh ${PROBE}`,
  'conntrack -L | awk': byHand,
  'cat /proc': 'cat /proc/net/nf_conntrack',
} as const;
type Name = keyof typeof commands;

function print(...cells: readonly (string | number)[]): void {
  const widths = [9, 20, 9, 9, 11, 12, 12];
  const line = cells.map((cell, at) => String(cell).padStart(widths[at] ?? 10)).join('');
  process.stdout.write(`${line}\n`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function measure(lab: Filled, entries: number): Promise<void> {
  const names = Object.keys(commands) as Name[];
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) costs.get(name)?.push(cost(lab.inside(commands[name]), environment));
  }
  const empty = Array.from({ length: ROUNDS }, () => cost(lab.inside('true'), environment));
  const idle = median(empty.map(({ cpuSeconds }) => cpuSeconds));
  const cpu = (name: Name) =>
    median((costs.get(name) ?? []).map(({ cpuSeconds }) => cpuSeconds)) - idle;
  for (const name of names) {
    const wall = median((costs.get(name) ?? []).map(({ wallSeconds }) => wallSeconds));
    const peak = await peakKiB(lab.inside(commands[name]), environment);
    const ratio = cpu('probe') / cpu(name);
    const mebibytes = (peak / 1_024).toFixed(1);
    print(entries, name, wall.toFixed(3), cpu(name).toFixed(3), mebibytes, ratio.toFixed(2));
  }
}

function compareShares(lab: Filled, entries: number): void {
  const facts = parseAnswer(lab.run(commands.probe, environment));
  const [all = 0, dns = 0] = lab.run(byHand, environment).trim().split(' ').map(Number);
  const said = facts?.makeup && shareOf(facts.makeup.dns.udp, facts.makeup, entries);
  if (said === undefined || all === 0) return;
  const points = Math.abs(said.share - dns / all) * 100;
  const margin = (said.margin * 100).toFixed(2);
  process.stdout.write(
    `  DNS of ${entries}: ${(said.share * 100).toFixed(2)} % by the probe (± ${margin}), ${((dns / all) * 100).toFixed(2)} % counted: ${points.toFixed(2)} points apart\n`,
  );
}

print('entries', 'command', 'wall s', 'CPU s', 'peak MiB', 'probe/this');
for (const entries of SIZES) {
  const lab = fillTable(entries);
  try {
    await measure(lab, entries);
    compareShares(lab, entries);
  } finally {
    lab.close();
  }
}
