import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { auditCommand } from '../../lib/cli/audit.js';
import { VERSION } from '../../lib/version.js';
import { picturesOf } from '../../scripts/picture/pictures.js';
import { themes } from '../../scripts/picture/screen-svg.js';
import { aTerminal } from '../support/a-terminal.js';
import { theDemo } from '../support/demo-run.js';
import { ourArguments, partsOf } from '../support/doc-commands.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const isThere = (path: string) => existsSync(new URL(path, root));
const readme = read('README.md');

const MOST_WORDS = 900;
/** Lines of the README that fill a first screen. */
const FIRST_SCREEN = 20;

describe('README.md', () => {
  it(`has at most ${MOST_WORDS} words, tables and commands included`, () => {
    expect(readme.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThanOrEqual(
      MOST_WORDS,
    );
  });

  it('says what it is in one sentence, and the first command, on its first screen', () => {
    const [title, , sentence = '', ...rest] = readme.split('\n').slice(0, FIRST_SCREEN);
    expect(title).toBe('# eks-conntrack-auditor');
    expect(sentence.match(/[.]( |$)/g)).toHaveLength(1);
    expect(rest).toContain('npm ci && npm run demo');
    expect(rest.join('\n')).toContain('docs/pictures/report-light.svg');
  });

  it('holds the two commands that every checkout obeys', () => {
    for (const command of ['npm ci && npm run demo', 'npm ci && npm test'])
      expect(readme).toContain(`\n\`\`\`sh\n${command}\n\`\`\`\n`);
  });

  it('names a price that docs/cost.md has', () => {
    const [, price = 'none'] = /(\d+[.]\d\d) USD a month/.exec(readme) ?? [];
    const byDefault = read('docs/cost.md').split('the default')[1] ?? '';
    expect(/\*\*total\*\*[^\n]*/.exec(byDefault)?.[0].split('|')[2]?.trim()).toBe(`**${price}**`);
  });

  it('links to every page of docs/', () => {
    const pages = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));
    const unlinked = pages.filter((name) => !readme.includes(`(docs/${name}`));
    expect(unlinked).toEqual(['testing.md']);
    expect(read('CONTRIBUTING.md')).toContain('(docs/testing.md)');
  });
});

describe('the pictures', () => {
  it('are those of the saved demo run; npm run picture makes them so', async () => {
    const pictures = picturesOf(await theDemo());
    expect(Object.keys(pictures)).toHaveLength(4);
    for (const [name, picture] of Object.entries(pictures))
      expect(read(`docs/pictures/${name}`), name).toBe(picture);
  });

  it.each(Object.entries(themes))('can be read: contrast of at least 4.5 in %s', (_, theme) => {
    const { ground, frame: _frame, ...colours } = theme;
    for (const colour of Object.values(colours))
      expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(4.5);
  });
});

/** Contrast of two colours. @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { type: string; id?: string; attributes: Record<string, unknown> }[];
}

describe('community files', () => {
  it.each(['bug.yml', 'rule.yml'])('the form %s is one that a form can be', (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as Form;
    expect(form.name.length * form.description.length).toBeGreaterThan(0);
    const types = ['markdown', 'textarea', 'input', 'checkboxes', 'dropdown'];
    for (const { type, id, attributes } of form.body) {
      expect(types).toContain(type);
      expect(type === 'markdown' ? attributes['value'] : attributes['label']).toBeTruthy();
      expect(type === 'markdown' || id !== undefined).toBe(true);
    }
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a bug asks for a saved run, and says what it must not hold', () => {
    const form = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as Form;
    const asked = form.body.find(({ id }) => id === 'run')?.attributes['description'];
    for (const word of ['audit --save run/', 'account ids', 'credentials'])
      expect(asked).toContain(word);
  });

  it('code owners own what is there', () => {
    const lines = read('.github/CODEOWNERS')
      .split('\n')
      .filter((line) => /^[/*]/.test(line));
    const paths = lines.flatMap((line) =>
      line.startsWith('*') ? [] : [line.split(/\s+/)[0] ?? ''],
    );
    expect(paths.filter((path) => !isThere(`.${path}`))).toEqual([]);
    expect(paths.length).toBeGreaterThan(4);
  });

  it('the changelog begins with the version of the package', () => {
    const versions = [...read('CHANGELOG.md').matchAll(/^## (\S+)/gm)].map(
      ([, version]) => version,
    );
    expect(versions[0]).toBe(VERSION);
  });

  it('security has a way to report, and the pages that it had before', () => {
    for (const words of ['Report a vulnerability', 'docs/permissions.md', 'docs/threat-model.md'])
      expect(read('SECURITY.md')).toContain(words);
  });

  it('the example of a workflow is YAML whose audit the command line takes', async () => {
    interface Workflow {
      readonly permissions: Record<string, string>;
      readonly jobs: Record<string, { steps: readonly { run?: string; uses?: string }[] }>;
    }
    const workflow = parse(read('docs/examples/github-actions.yml')) as Workflow;
    expect(workflow.permissions['contents']).toBe('read');
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    expect(steps.every(({ run, uses }) => (run === undefined) !== (uses === undefined))).toBe(true);
    const [words = []] = steps.flatMap(({ run }) => (run === undefined ? [] : partsOf(run)));
    const args = ourArguments({ page: '', line: '', words }) ?? [];
    expect(args[0]).toBe('audit');
    const command = auditCommand(aTerminal().terminal, () => undefined).exitOverride();
    await command.action(() => undefined).parseAsync(args.slice(1), { from: 'user' });
    expect(command.opts()).toMatchObject({ save: 'run/', failOn: 'critical' });
  });
});
