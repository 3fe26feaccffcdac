import type { CommandLeaf, OptionLeaf, Takes, Tree } from './tree.js';

/** The script for zsh: to be sourced, or kept as _program in a folder of fpath. */
export function zshScript({ program, options, commands }: Tree): string {
  const own = `_${program.replaceAll('-', '_')}`;
  const described = commands.map(({ name, about }) => `    ${single(`${name}:${about}`)}`);
  return `#compdef ${program}
# Completion of ${program} for zsh: source <(${program} completion zsh)
${own}() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _arguments ${options.flatMap(specsOf).join(' ')}
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ \${funcstack[1]} == ${own} ]]; then ${own} "$@"; else compdef ${own} ${program}; fi
`;
}

function caseOf({ name, options, argument }: CommandLeaf): string {
  const specs = options.flatMap(specsOf);
  const all = argument === undefined ? specs : [...specs, single(`*:word:${action(argument)}`)];
  return `  ${name})\n    _arguments ${all.join(' \\\n      ')}\n    ;;`;
}

/** Each name of an option as often as people like: some may stand again. */
function specsOf({ names, about, takes }: OptionLeaf): string[] {
  const text = about.replace(/[[\]:\\]/g, (one) => `\\${one}`);
  const value = takes === undefined ? '' : `:value:${action(takes)}`;
  return names.map((name) => single(`*${name}[${text}]${value}`));
}

function action(takes: Takes): string {
  if (takes.kind === 'words') return `(${takes.words.join(' ')})`;
  return takes.kind === 'files' ? '_files' : ' ';
}

function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
