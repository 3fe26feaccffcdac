import wrapAnsi from 'wrap-ansi';

/** What a place to read on can show. */
export interface Fit {
  /** Columns of a line. Absent: a line is as long as it is. */
  readonly columns?: number;
  /** True: it shows ASCII alone. */
  readonly ascii?: boolean;
}

/** A narrower place would show a letter a line: what is wrapped for it is wrapped for this. */
const NARROWEST = 40;

/** What our own texts hold beyond ASCII, in ASCII. */
const ascii: Readonly<Record<string, string>> = {
  '±': '+-',
  '≥': '>=',
  '≤': '<=',
  '→': '->',
  '×': 'x',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '·': '-',
  '\u00a0': '\u00a0',
};

/** Stands between words that stay in one row; shown as a space. */
export const TOGETHER = '\u00a0';

/** The same text with plain spaces alone. */
export function withSpaces(text: string): string {
  return text.replaceAll(TOGETHER, ' ');
}

/** Text of ASCII alone. What it has no word for becomes `?`. */
export function asciiText(text: string): string {
  return text.replace(/[^ -~]/gu, (one) => ascii[one] ?? '?');
}

/**
 * Text in lines of so many columns, broken between words; a word alone that is longer is broken within. From its
 * second line on it is indented by `hang`.
 */
export function wrapped(lead: string, body: string, hang: number, columns: number): string {
  const room = Math.max(columns, NARROWEST) - hang;
  const rows = wrapAnsi(body, room, { hard: true }).split('\n');
  return `${lead}${rows.join(`\n${' '.repeat(hang)}`)}`;
}
