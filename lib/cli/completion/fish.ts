import type { CommandLeaf, OptionLeaf, Takes, Tree } from './tree.js';

/** The script for fish. */
export function fishScript({ program, options, commands }: Tree): string {
  const own = `__${program.replaceAll('-', '_')}`;
  const complete = `complete -c ${program}`;
  const first = `${complete} -n ${own}_first`;
  return `# Completion of ${program} for fish: ${program} completion fish | source
function ${own}_first
    test (count (commandline -opc)) -eq 1
end
function ${own}_in
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]
end
${complete} -f
${commands.map(({ name, about }) => `${first} -a ${name} -d ${single(about)}`).join('\n')}
${options.map((option) => `${first} ${optionText(option)}`).join('\n')}
${commands.flatMap((command) => linesOf(command, complete, own)).join('\n')}
`;
}

function linesOf(
  { name, options, argument }: CommandLeaf,
  complete: string,
  own: string,
): string[] {
  const within = `${complete} -n '${own}_in ${name}'`;
  const lines = options.map((option) => `${within} ${optionText(option)}`);
  return argument?.kind === 'words' ? [...lines, `${within} -a ${words(argument)}`] : lines;
}

function optionText({ names, about, takes }: OptionLeaf): string {
  const named = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return [...named, ...valueOf(takes), '-d', single(about)].join(' ');
}

function valueOf(takes: Takes | undefined): string[] {
  if (takes === undefined) return [];
  if (takes.kind === 'files') return ['-r -F'];
  return takes.kind === 'words' ? ['-x', '-a', words(takes)] : ['-x'];
}

function words(takes: Takes): string {
  return single(takes.kind === 'words' ? takes.words.join(' ') : '');
}

function single(text: string): string {
  return `'${text.replace(/[\\']/g, (one) => `\\${one}`)}'`;
}
