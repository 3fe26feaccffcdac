/**
 * What a question to a month of history costs, and what an audit adds to it: `npm run bench:history`.
 *
 * Writes 30 days of 1,000 nodes, audited every hour, into a temporary folder: the same bytes each time.
 * Figures are medians; the first question also warms the code up.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FolderHistory } from '../../lib/adapters/folder-history.js';
import { ask } from '../../lib/cli/history.js';
import type { NodeRecord } from '../../lib/core/history/audit-record.js';
import { lastDays } from '../../lib/core/history/days.js';
import { dropsByGroup } from '../../lib/core/history/drops-by-group.js';
import { historyText } from '../../lib/core/history/history-file.js';
import { limitChanges } from '../../lib/core/history/limit-changes.js';
import { worstNodes } from '../../lib/core/history/worst-nodes.js';
import { auditOfHour, NODES } from './month-of-history.js';

const DAYS = 30;
const HOURS = DAYS * 24;
const ROUNDS = 7;

const questions = {
  worst: worstNodes,
  limits: limitChanges,
  drops: dropsByGroup,
} as const;

const print = (text: string) => process.stdout.write(`${text}\n`);

function median(of: readonly number[]): number {
  return [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;
}

async function sizeOf(folder: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(
    async ({ parentPath, name }) => (await stat(join(parentPath, name))).size,
  );
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return { files: files.length, bytes };
}

async function write(history: FolderHistory): Promise<void> {
  for (let hour = 0; hour < HOURS; hour += 1) await history.record(auditOfHour(hour));
}

async function time(history: FolderHistory, days: number): Promise<void> {
  const period = lastDays(await history.days(), days);
  if (period === undefined) throw new Error('nothing was written');
  for (const [name, question] of Object.entries(questions)) {
    const milliseconds: number[] = [];
    let records = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const { asked } = await ask<unknown>(history, period, question());
      milliseconds.push(performance.now() - start);
      records = asked.records;
    }
    const took = median(milliseconds);
    const rate = Math.round((records / took) * 1_000);
    const range = `${Math.round(Math.min(...milliseconds))}..${Math.round(Math.max(...milliseconds))}`;
    print(
      `${name.padEnd(7)} ${String(days).padStart(2)} days  ${String(records).padStart(7)} records  ${String(Math.round(took)).padStart(5)} ms (${range})  ${rate} records/s`,
    );
  }
}

/** One line, and a thousand of them, as an audit writes them. */
function sizes(nodes: readonly NodeRecord[]): void {
  const record = { ...auditOfHour(0), nodes };
  const text = historyText(record);
  const packed = gzipSync(text).length;
  print(
    `one audit of ${nodes.length} nodes: ${text.length} bytes, ${packed} gzipped: ${(packed / nodes.length).toFixed(1)} bytes per node record`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'history-bench-'));
try {
  const history = new FolderHistory(folder, '111122223333');
  await write(history);
  const { files, bytes } = await sizeOf(folder);
  print(`node ${process.version}, ${DAYS} days x ${NODES} nodes, hourly`);
  print(
    `${files} files, ${bytes} bytes: ${(bytes / (HOURS * NODES)).toFixed(1)} bytes per node record, gzipped`,
  );
  for (const count of [10, 100, NODES]) sizes(auditOfHour(0).nodes.slice(0, count));
  await time(history, DAYS);
  await time(history, 7);
  print(`${Math.round(process.memoryUsage().rss / 1_048_576)} MiB of memory`);
} finally {
  await rm(folder, { recursive: true });
}
