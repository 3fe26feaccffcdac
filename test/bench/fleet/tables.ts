import { stages } from './counted.js';
import { floorSeconds, plainCalls } from './floor.js';
import { named, type Layout } from './layout.js';
import type { Audited } from './processes.js';

/** Seconds before the first look at commands, which find them ended. */
const FIRST_WAIT = 10;

const count = (value: number) => Math.round(value).toLocaleString('en');
const small = (value: number) => value.toFixed(2);

/** What the audits of one fleet cost. */
export function tableOf(layout: Layout, audits: readonly Audited[], isSlow: boolean): string {
  const lines = audits.flatMap((audited, at) => [
    ...heading(layout, audited, at),
    ...callsOf(layout, audited),
    ...costsOf(audited),
    ...(isSlow ? rates(audited) : []),
  ]);
  return `${named(layout)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function heading(_: Layout, { spent: { nodes } }: Audited, at: number): string[] {
  return [`audit ${at + 1}: ${count(nodes.read)} of ${count(nodes.discovered)} nodes read`];
}

function callsOf({ nodes }: Layout, { counted: { calls } }: Audited): string[] {
  const all = Object.entries(calls).sort(([, a], [, b]) => b - a);
  const of = (list: typeof all) => list.reduce((sum, [, number]) => sum + number, 0);
  const s3 = all.filter(([name]) => name.startsWith('s3:'));
  const services = all.filter(([name]) => !name.startsWith('s3:'));
  const named = (list: typeof all) =>
    list.map(([name, number]) => `${name} ${count(number)}`).join(', ');
  const plain = plainCalls(nodes);
  return [
    `  service calls ${count(of(services))}, ${(of(services) / nodes).toFixed(4)} a node; plain way ${count(plain)}, ${(plain / of(services)).toFixed(1)} times as many`,
    `    ${named(services)}`,
    `  calls of S3 ${count(of(s3))}, ${(of(s3) / nodes).toFixed(4)} a node: ${named(s3)}`,
  ];
}

function costsOf({ spent, counted: { bytesWritten } }: Audited): string[] {
  const { cpuSeconds, wallSeconds, peakRssMb, peakHeapMb } = spent;
  const sum = stages.reduce((total, stage) => total + cpuSeconds[stage], 0);
  const by = stages.map((stage) => `${stage} ${small(cpuSeconds[stage])}`).join(', ');
  return [
    `  CPU ${small(sum)} s (${by}); ${small(wallSeconds)} s of time`,
    `  peak so far: ${count(peakRssMb)} MB of memory, ${count(peakHeapMb)} MB of heap and buffers; ${(bytesWritten / 1e6).toFixed(1)} MB written`,
  ];
}

function rates({ spent: { wallSeconds }, counted }: Audited): string[] {
  const floor = floorSeconds(counted, FIRST_WAIT);
  const refused = Object.entries(counted.throttled);
  const of = refused.map(([name, number]) => `${name} ${number}`).join(', ');
  const reached = Object.entries(counted.spans)
    .filter(([name]) => (counted.calls[name] ?? 0) >= 20 && !name.startsWith('s3:'))
    .map(([name, [first, last]]) => {
      const seconds = (last - first) / 1_000;
      return `${name} ${((counted.calls[name] ?? 0) / seconds).toFixed(1)}/s`;
    });
  const sum = refused.reduce((total, [, number]) => total + number, 0);
  return [
    `  ${small(wallSeconds)} s; floor of these calls ${small(floor)} s, ${small(wallSeconds / floor)} times it; ${sum} throttles${sum > 0 ? `: ${of}` : ''}`,
    `    reached: ${reached.join(', ')}`,
  ];
}
