import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remedies } from '../../../lib/core/remedies/index.js';
import { ruleTexts } from '../../../lib/core/rules/index.js';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const filesOf = (path: string) =>
  readdirSync(folder(path))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => basename(file, '.ts'))
    .sort();

const ruleFiles = filesOf('../../../lib/core/rules');
const remedyFiles = filesOf('../../../lib/core/remedies');

describe('the registries', () => {
  it('list every rule file and every remedy file exactly once', () => {
    expect(ruleTexts.map(({ id }) => id).sort()).toEqual(ruleFiles);
    expect(remedies.map(({ id }) => id).sort()).toEqual(remedyFiles);
  });

  it.each(ruleFiles)('the rule %s has a test', (id) => {
    expect(existsSync(folder(`${id}.test.ts`))).toBe(true);
  });

  it.each(remedyFiles)('the remedy %s has a test', (id) => {
    expect(existsSync(folder(`../remedies/${id}.test.ts`))).toBe(true);
  });

  it('has no remedy that answers a rule which does not exist', () => {
    expect(ruleFiles).toEqual(
      expect.arrayContaining(remedies.flatMap(({ answers }) => [...answers])),
    );
  });
});
