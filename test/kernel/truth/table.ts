import { errorOf, type Row } from './row.js';

/** Where and when the rows were measured. */
export interface Circumstances {
  readonly kernel: string;
  readonly date: string;
}

const heads = ['remedy', 'scenario', 'before', 'predicted', 'measured', 'error', 'claims'] as const;

/** The table of the documentation, in Markdown. */
export function truthTable(rows: readonly Row[], { kernel, date }: Circumstances): string {
  const lines = [
    [...heads, 'not collected', 'kernel', 'date'],
    [
      ...heads.map((head) => (/before|predicted|measured|error/.test(head) ? '--:' : '---')),
      '--:',
      '---',
      '---',
    ],
    ...rows.map((row) => [...cells(row), kernel, date]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

function cells(row: Row): string[] {
  const { remedy, scenario, before, predicted, measured, claim, uncollected } = row;
  const error = errorOf(row);
  return [
    `\`${remedy}\``,
    scenario,
    count(before),
    predicted === undefined ? 'not predicted' : count(predicted),
    count(measured),
    error === undefined ? '' : `${error > 0 ? '+' : ''}${(error * 100).toFixed(1)} %`,
    claim,
    count(uncollected),
  ];
}

function count(entries: number): string {
  return Math.round(entries).toLocaleString('en-US');
}
