import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { severities } from '../../lib/core/judge/severity.js';
import { remedies } from '../../lib/core/remedies/index.js';
import { formats } from '../../lib/core/render/index.js';
import { ruleTexts } from '../../lib/core/rules/index.js';
import { aTerminal } from '../support/a-terminal.js';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];
/** Bash is everywhere; the others are asked where they are. */
const installed = shells.filter((shell) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, shell))),
);

let folder: string;
const fileOf = (shell: Shell) => join(folder, `completion.${shell}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  for (const shell of shells) {
    const { terminal, out } = aTerminal();
    expect(await run(['completion', shell], terminal)).toBe(0);
    writeFileSync(fileOf(shell), out());
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What bash offers for the last of these words, by the function that it has for the program. */
function bash(...words: readonly string[]): string[] {
  const script = `
    source "$0"
    complete -p conntrack-auditor >/dev/null || exit 1
    spec=$(complete -p conntrack-auditor)
    name=\${spec##*-F }
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    \${name%% *}
    printf '%s\\n' "\${COMPREPLY[@]}"
  `;
  const args = ['--norc', '-c', script, fileOf('bash'), 'conntrack-auditor', ...words];
  const said = execFileSync('bash', args, { encoding: 'utf8', cwd: folder });
  return said.split('\n').filter((line) => line !== '');
}

function fish(line: string): string[] {
  const script = `source ${fileOf('fish')}; complete -C '${line}'`;
  const said = execFileSync('fish', ['--no-config', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  });
  return said.split('\n').flatMap((one) => one.split('\t')[0] || []);
}

describe('each script', () => {
  it.each(installed)('is one that %s can read', (shell) => {
    expect(execFileSync(shell, ['-n', fileOf(shell)], { encoding: 'utf8' })).toBe('');
  });

  it('names every command', async () => {
    const { terminal, out } = aTerminal();
    await run(['--help'], terminal);
    const names = [...out().matchAll(/^ {2}([a-z-]+) [^ ]*/gm)].map(([, name]) => name);
    const commands = names.filter((name) => name !== undefined && name !== 'help');
    expect(commands.length).toBeGreaterThan(12);
    expect(bash('')).toEqual(expect.arrayContaining(commands));
  });

  it('is refused for a shell that it does not know', async () => {
    const { terminal, notes } = aTerminal();
    expect(await run(['completion', 'csh'], terminal)).toBe(3);
    expect(notes()).toContain('should be one of bash, zsh, fish');
  });
});

describe('bash', () => {
  it.each([
    ['a command', ['aud'], ['audit']],
    ['an option of a command', ['audit', '--sev'], ['--severity']],
    ['no option of another command', ['limit', '--sev'], []],
    ['severities', ['audit', '--severity', ''], severities],
    ['severities behind =', ['audit', '--severity', '=', 'cr'], ['critical']],
    ['severities right behind =', ['audit', '--severity', '='], severities],
    ['formats', ['report', '--format', ''], Object.keys(formats)],
    ['rules', ['report', '--rule', ''], ruleTexts.map(({ id }) => id)],
    ['remedies', ['fix', 'raise'], ['raise-limit']],
    ['operating systems', ['limit', '--os', 'bott'], ['bottlerocket']],
    ['instance types', ['limit', 'm5.larg'], ['m5.large']],
    ['Regions', ['doctor', '--region', 'us-east'], ['us-east-1', 'us-east-2']],
    ['questions', ['history', 'wo'], ['worst']],
    ['shells', ['completion', 'b'], ['bash']],
    ['files', ['report', '--from', 'completion.b'], ['completion.bash']],
    ['nothing that nobody can guess', ['audit', '--profile', ''], []],
    ['a command again in none of its words', ['audit', 'aud'], []],
  ])('offers %s', (_, words, offered) => {
    expect(bash(...words).sort()).toEqual([...offered].sort());
  });

  it('offers each remedy for fix', () => {
    expect(bash('fix', '')).toEqual(expect.arrayContaining(remedies.map(({ id }) => id)));
  });
});

/** What proves that a shell completes, beside bash, which is asked above. */
const proofs: Readonly<Record<Shell, () => void>> = {
  bash: () => {
    expect(bash('audit', '--sever')).toEqual(['--severity']);
  },
  fish: () => {
    expect(fish('conntrack-auditor aud')).toEqual(['audit']);
    expect(fish('conntrack-auditor audit --sever')).toEqual(['--severity']);
    expect(fish('conntrack-auditor audit --severity ').sort()).toEqual([...severities].sort());
    expect(fish('conntrack-auditor history ').sort()).toEqual(['drops', 'limits', 'worst']);
    expect(fish('conntrack-auditor limit --sever')).toEqual([]);
  },
  zsh: () => {
    const script = `autoload -Uz compinit; compinit -D; source ${fileOf('zsh')}; print $_comps[conntrack-auditor]`;
    const said = execFileSync('zsh', ['-f', '-c', script], { encoding: 'utf8' });
    expect(said.trim()).toBe('_conntrack_auditor');
  },
};

describe('each shell of this machine', () => {
  it.each(installed)('takes its script: %s', (shell) => {
    proofs[shell]();
  });
});
