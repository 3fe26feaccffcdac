import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marked, type Token } from 'marked';
import { parse as parseToml } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { run } from '../../lib/cli/program.js';
import type { Plan } from '../../lib/core/plan/plan.js';
import { filesOfPlan } from '../../lib/cli/fix-plan.js';
import { aTerminal } from '../support/a-terminal.js';
import { demoFiles, theDemo } from '../support/demo-run.js';
import { base64Argument, parseHcl } from '../support/parse-hcl.js';

let folder: string;
let plan: Plan;
let paths: string[];
let texts: Map<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fix-plan-'));
  const store = await FolderRunStore.create(join(folder, 'run'));
  for (const [key, value] of Object.entries(demoFiles())) await store.put(key, value);
  const output = join(folder, 'out');
  const { terminal, notes } = aTerminal();
  const asked = ['fix', '--plan', '--from', join(folder, 'run'), '-o', output];
  expect(await run(asked, terminal), notes()).toBe(0);
  plan = (await theDemo()).plan;
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(output.length + 1))
    .sort();
  const read = paths.map(
    async (path) => [path, await readFile(join(output, path), 'utf8')] as const,
  );
  texts = new Map(await Promise.all(read));
});

afterAll(() => rm(folder, { recursive: true }));

/** Parses a text with something that other people made; fails where it cannot be read. */
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  yaml: (text) => {
    const documents = parseAllDocuments(text);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    for (const one of documents) expect(one.toJS()).toHaveProperty('kind');
  },
  sh: shell,
  mime: (text) => {
    const [, boundary = ''] = /boundary="(.+)"/.exec(text) ?? [];
    const [, part = ''] = text.split(`--${boundary}\n`);
    const [, script = ''] = part.split(/\n\n(.*)/s);
    shell(script.split(`--${boundary}--`)[0] ?? '');
  },
  toml: (text) => {
    parseToml(text);
  },
  json: (text) => {
    JSON.parse(text);
  },
  tf: parseHcl,
  md: (text) => {
    const [heading] = marked.lexer(text);
    expect(heading).toMatchObject({ type: 'heading', depth: 1 });
  },
};

function shell(text: string): void {
  const [interpreter = ''] = text.split('\n');
  expect(interpreter).toMatch(/^#!\/bin\/(ba)?sh$|^#!\/usr\/bin\/env bash$/);
  execFileSync('bash', ['-n'], { input: text, stdio: 'pipe' });
  if (interpreter === '#!/bin/sh') execFileSync('dash', ['-n'], { input: text, stdio: 'pipe' });
}

async function parse(path: string, text: string): Promise<void> {
  const parser = parsers[path.split('.').at(-1) ?? ''];
  if (parser === undefined) throw new Error(`nothing parses ${path}`);
  await parser(text);
}

describe('the files of a whole plan', () => {
  it('are a folder for each action, whose names list in the order of doing', () => {
    const folders = [...new Set(paths.filter((path) => path.includes('/')).map(folderOf))];
    expect(folders).toEqual(
      plan.actions.map(
        ({ id }, at) => `${String(at + 1).padStart(2, '0')}-${id.replaceAll('/', '-')}`,
      ),
    );
  });

  it('list in the order of doing from 99 actions to 100 too', async () => {
    const demo = await theDemo();
    const [action] = demo.plan.actions;
    if (action === undefined) throw new Error('the demo has something to do');
    for (const amount of [99, 100]) {
      const actions = Array.from({ length: amount }, () => action);
      const many = { ...demo, plan: { ...demo.plan, actions } };
      const files = filesOfPlan(many, { ...aCluster }).map(({ path }) => path);
      const folders = [...new Set(files.map(folderOf))];
      expect([...folders].sort()).toEqual(folders);
      expect(folders).toHaveLength(amount);
    }
  });

  it('are read by a parser of their own format', async () => {
    expect(new Set(paths.map((path) => path.split('.').at(-1)))).toEqual(
      new Set(['md', 'mime', 'sh', 'tf', 'yaml']),
    );
    for (const [path, text] of texts) await parse(path, text);
  });

  it.each([
    ['a.yaml', 'kind: [one'],
    ['a.sh', '#!/bin/sh\nif true; then\n'],
    ['a.mime', 'Content-Type: x; boundary="b"\n\n--b\nContent-Type: y\n\n#!/bin/bash\nfi\n--b--\n'],
    ['a.md', 'no heading\n'],
    ['a.tf', 'a = "${x\n'],
  ])('would not be read as %s if they were damaged', async (path, text) => {
    await expect(parse(path, text)).rejects.toThrow();
  });

  it('give Terraform the same user data as everybody else, the step of the plan in it too', async () => {
    const documents = paths.filter((path) => path.endsWith('.mime'));
    expect(documents.length).toBeGreaterThan(0);
    for (const path of documents) {
      const hcl = texts.get(path.replace('user-data.mime', 'terraform-user-data/main.tf')) ?? '';
      const { resource } = (await parseHcl(hcl)) as {
        resource: { aws_launch_template: { conntrack: [{ user_data: string }] } };
      };
      const [{ user_data: userData }] = resource.aws_launch_template.conntrack;
      expect(await base64Argument(userData)).toBe(texts.get(path));
    }
  });

  it('are each there once: no text stands under two names', () => {
    const byText = new Map([...texts].map(([path, text]) => [text, path]));
    expect(byText.size).toBe(texts.size);
  });

  it('set the number that the title of their action names', () => {
    for (const { title, limit, id } of plan.actions) {
      if (limit === undefined) continue;
      const [path = ''] = paths.filter(
        (one) => one.includes(id.replaceAll('/', '-')) && one.endsWith('.sh'),
      );
      expect(title).toContain(limit.toLocaleString('en-US'));
      expect(texts.get(path)).toContain(`--set conntrack.min=${limit} `);
    }
  });

  it('are linked by a checklist in the same order, each once', () => {
    const text = texts.get('README.md') ?? '';
    const tokens = marked.lexer(text);
    const items = tokens.flatMap((one) => (one.type === 'list' ? tasksOf(one) : []));
    expect(items).toHaveLength(plan.actions.length);
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    expect([...links].sort()).toEqual(paths.filter((path) => path !== 'README.md'));
    const folders = links.map((link = '') => folderOf(link));
    expect([...folders].sort()).toEqual(folders);
  });
});

const aCluster = {
  cluster: '<your cluster>',
  os: 'al2023',
  domain: 'cluster.local',
  program: 'conntrack-auditor',
} as const;

function folderOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function tasksOf(list: Token): unknown[] {
  const { items } = list as unknown as { items: readonly { readonly task: boolean }[] };
  return items.filter(({ task }) => task);
}
