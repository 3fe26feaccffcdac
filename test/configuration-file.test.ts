import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { propsFromContext } from '../bin/context-props.js';
import { parseConfiguration, readConfiguration } from '../lib/configuration-file.js';
import { policyOf } from '../lib/core/configuration/policy-of.js';
import { defaultPolicy, policyOver } from '../lib/core/judge/policy.js';
import { parsed } from '../lib/core/text/parsed.js';
import packageFile from '../package.json' with { type: 'json' };
import { editorTakes } from './support/configuration-schema.js';
import { synthAuditor } from './support/synth-auditor.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'configuration-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the configuration file', () => {
  it('need not be there, unless it is named', async () => {
    expect(await readConfiguration()).toEqual({});
    const missing = join(folder, 'missing.yaml');
    await expect(readConfiguration(missing)).rejects.toThrow(
      `the configuration '${missing}' cannot be read: ENOENT`,
    );
    await expect(readConfiguration(folder)).rejects.toThrow('cannot be read: EISDIR');
  });

  it('is read where it is named', async () => {
    const file = join(folder, 'some.yaml');
    await writeFile(file, 'schedule: 30m\n');
    expect(await readConfiguration(file)).toEqual({ schedule: '30m' });
  });

  it.each(['', '\n', '# nothing yet\n', '---\n'])('may hold nothing: %j', (text) => {
    expect(parseConfiguration(text, 'f.yaml')).toEqual({});
  });

  it('takes a day for a day', () => {
    const text = 'silences:\n  - { cluster: a, until: 2026-12-01, reason: b }\n';
    expect(parseConfiguration(text, 'f.yaml').silences).toEqual([
      { cluster: 'a', until: '2026-12-01T00:00:00.000Z', reason: 'b' },
    ]);
  });

  it.each([
    ['a: b: c', 'f.yaml should be YAML: Nested mappings are not allowed'],
    ['metrics: true\nmetrics: false', 'f.yaml should be YAML: Map keys must be unique at line 2'],
    ['metrics: !yes true', 'f.yaml should be YAML: Unresolved tag: !yes'],
    ['a: 1\n---\nb: 1', 'f.yaml should be YAML: Source contains multiple documents'],
    ['clusters:\n  exclude: [*-sandbox]', 'a text that begins with * needs quotes'],
    ['- a', 'f.yaml should be an object, got ["a"]'],
    ['thresholds:', "f.yaml: 'thresholds' should be an object, got null"],
    ['metrics: yes', "f.yaml: 'metrics' should be true or false, got 'yes'"],
    ['shedule: 6h', "f.yaml has no 'shedule', did you mean 'schedule'?"],
  ])('fails on %j in one line', (text, message) => {
    expect(() => parseConfiguration(text, 'f.yaml')).toThrow(message);
    expect(() => parseConfiguration(text, 'f.yaml')).not.toThrow('\n');
  });
});

describe('the configuration of docs/deploy.md', () => {
  const page = readFileSync(new URL('../docs/deploy.md', import.meta.url), 'utf8');
  const [, text = ''] = /```yaml\n(# yaml-language-server[^]*?)```/.exec(page) ?? [];

  it('is one, for the product and for editors, and goes together', () => {
    const configuration = parseConfiguration(text, 'docs/deploy.md');
    expect(editorTakes(parse(text))).toBe(true);
    expect(configuration.silences).toHaveLength(1);
    expect(parsed(policyOver(defaultPolicy), policyOf(configuration)).criticalUsage).toBe(0.9);
    synthAuditor(propsFromContext(() => undefined, configuration));
  });

  it('names the published schema in its first line', () => {
    const path = /[$]schema=[.]([^\n]*)\n/.exec(text)?.[1] ?? 'nothing';
    const { exports } = packageFile;
    expect(Object.keys(exports)).toContain(`.${path}`);
    expect(existsSync(new URL(`..${path}`, import.meta.url))).toBe(true);
  });
});
