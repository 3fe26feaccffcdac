import type { CommandLeaf, OptionLeaf, Takes, Tree } from './tree.js';

/** The script for bash, from version 3.2 on: that of macOS has no mapfile. */
export function bashScript({ program, options, commands }: Tree): string {
  const own = `_${program.replaceAll('-', '_')}`;
  const names = [...commands.map(({ name }) => name), ...namesOf(options)];
  return `# Completion of ${program} for bash: source <(${program} completion bash)
${own}_reply() {
  local one
  COMPREPLY=()
  while IFS= read -r one; do COMPREPLY+=("$one"); done
}
${own}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words=
  # Bash takes the = of --format=json for a word of its own.
  if [[ $cur == = ]]; then cur=
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    ${own}_reply < <(compgen -W ${quoted(names)} -- "$cur")
    return
  fi
  case "\${COMP_WORDS[1]} $prev" in
${commands.flatMap(casesOf).join('\n')}
  *)
    case \${COMP_WORDS[1]} in
${commands.map(wordsOf).join('\n')}
    esac
    ;;
  esac
  if [[ $words == files ]]; then ${own}_reply < <(compgen -f -- "$cur")
  else ${own}_reply < <(compgen -W "$words" -- "$cur"); fi
}
complete -o filenames -F ${own} ${program}
`;
}

/** What stands behind each option of a command. */
function casesOf({ name, options }: CommandLeaf): string[] {
  return options.flatMap(({ names, takes }) => {
    if (takes === undefined) return [];
    const patterns = names.map((option) => `'${name} ${option}'`).join(' | ');
    return [`  ${patterns}) words=${quoted(listed(takes))} ;;`];
  });
}

/** What stands anywhere else: options, and the words of an argument. */
function wordsOf({ name, options, argument }: CommandLeaf): string {
  const words = argument?.kind === 'words' ? argument.words : [];
  return `    ${name}) words=${quoted([...words, ...namesOf(options)])} ;;`;
}

function listed(takes: Takes): readonly string[] {
  if (takes.kind === 'words') return takes.words;
  return takes.kind === 'files' ? ['files'] : [];
}

function namesOf(options: readonly OptionLeaf[]): string[] {
  return options.flatMap(({ names }) => names);
}

function quoted(words: readonly string[]): string {
  return `'${words.join(' ').replaceAll("'", "'\\''")}'`;
}
