import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfiguration, readConfiguration } from '../lib/configuration-file.js';

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
