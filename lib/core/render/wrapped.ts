/** Columns of a line for people. */
export const WIDTH = 78;

/**
 * A text in lines of at most 78 columns, broken at spaces alone: a word that is longer stays whole. Lines after
 * the first begin with `indent`; the first begins with `first`.
 */
export function wrapped(text: string, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, line];
}
