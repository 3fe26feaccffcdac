import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Pages with commands that people copy. */
export const pagesWithCommands: readonly string[] = [
  'README.md',
  ...['docs', 'lib/core/rules', 'lib/core/remedies'].flatMap((folder) =>
    readdirSync(`${root}${folder}`)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

/** One command of a document: of a pipe or a list, each part by itself. */
export interface DocCommand {
  readonly page: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** The text of each fenced block of shell, as it stands there. */
export function shellBlocks(page: string): string[] {
  const text = readFileSync(`${root}${page}`, 'utf8');
  return [...text.matchAll(/^( *)```(?:sh|bash)\n([^]*?)^\1```$/gm)].map(
    ([, indent = '', body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** Every command in the fenced shell of a page. */
export function commandsOf(page: string): DocCommand[] {
  return shellBlocks(page)
    .flatMap((block) =>
      block.replaceAll(/(\\|\|)\n/g, (_, end: string) => (end === '|' ? '| ' : ' ')).split('\n'),
    )
    .flatMap((line) => partsOf(line).map((words) => ({ page, line: words.join(' '), words })))
    .filter(({ words }) => words.length > 0);
}

/** The words of each command of a line. Understands quotes, comments, `&&`, `;` and `|`; nothing else of a shell. */
export function partsOf(line: string): string[][] {
  const tokens = line.matchAll(/'([^']*)'|"([^"]*)"|(#.*)$|(&&|;|\||>+)|([^\s'"|;&>]+)/gm);
  const parts: string[][] = [[]];
  for (const [, single, double, comment, operator, word] of tokens) {
    if (comment !== undefined) break;
    const text = single ?? double ?? word;
    if (operator !== undefined) parts.push(operator.startsWith('>') ? ['>'] : []);
    else if (text !== undefined) parts.at(-1)?.push(text);
  }
  return parts.filter(([first]) => first !== undefined && first !== '>');
}

/** Arguments of our program, however it is called. Undefined: another program. */
export function ourArguments({ words }: DocCommand): string[] | undefined {
  for (const call of [
    'npx eks-conntrack-auditor',
    'npx --yes eks-conntrack-auditor',
    'conntrack-auditor',
    'npm run cli --',
  ]) {
    const start = call.split(' ');
    if (start.every((word, at) => words[at] === word)) return words.slice(start.length);
  }
  return undefined;
}
